// A test of a template with Vitest: npm install --save-dev vitest items-api && npx vitest run
import { readFile } from 'node:fs/promises';
import { start } from 'items-api';
import { afterAll, beforeAll, expect, it } from 'vitest';

let stack;
beforeAll(async () => {
  const template = await readFile(new URL('template.yaml', import.meta.url), 'utf8');
  stack = await start(template, { parameters: { Greeting: 'Good morning' } });
});
afterAll(() => stack?.stop());

it('greets whoever is named', async () => {
  const response = await fetch(`${stack.stages[0].url}/greetings?name=Ada`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ text: 'Good morning, Ada' });
});

it('is not there for other methods', async () => {
  const response = await fetch(`${stack.stages[0].url}/greetings`, { method: 'POST' });
  expect(response.status).toBe(403);
});
