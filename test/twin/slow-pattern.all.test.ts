import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { start } from '../../src/twin/index.ts';

it('a model whose pattern never ends is a 500 that says so in the log, and the twin goes on serving', async () => {
  const model = '      Schema:\n        $schema: http://json-schema.org/draft-04/schema#\n        title: An item\n';
  const template = readFileSync('template.yaml', 'utf8');
  expect(template).toContain(model);
  const slow = template.replace(model, `${model}        properties:\n          name: { type: string, pattern: ^(a+)+$ }\n`);
  const reasons: (string | undefined)[] = [];
  const stack = await start(slow, {
    parameters: { AuthorizationType: 'NONE' },
    onRequest: ({ reason }) => void reasons.push(reason),
  });
  onTestFinished(() => stack.stop());
  const create = (name: string) =>
    fetch(`${stack.stages[0]?.url}/items`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  const response = await create(`${'a'.repeat(60)}!`);
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ status: 500 });
  expect(reasons).toEqual([
    expect.stringContaining("validating this body against the model's patterns takes more than 1 s. Rewrite the patterns"),
  ]);
  expect((await create('aaa')).status).toBe(201);
});
