import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { sourceMapsOf } from '../../src/stack/code/source-map.ts';
import { editions } from '../../src/stack/editions.ts';
import { type Stack, type StartOptions, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { attach, functionScript, paused, setBreakpoint, sourceMapOf } from './lambda/inspect/inspector-client.ts';

const file = 'src/functions/typescript/update-item.ts';
const url = pathToFileURL(join(process.cwd(), file)).href;
const lines = readFileSync(file, 'utf8').split('\n');
const line = lines.findIndex((text) => text.includes('const writeId = newWriteId();'));

/** Seconds that UpdateItem and its integration allow. */
const timeout = 4;
const [others = '', updateItem = ''] = typescript.template.split(/(?=^ {2}UpdateItemFunction:)/m);
const template =
  others +
  updateItem
    .replace('      Timeout: 30\n', `      Timeout: ${timeout}\n`)
    .replace('        IntegrationHttpMethod: POST\n', `$&        TimeoutInMillis: ${timeout * 1000}\n`);

const stacks: Stack[] = [];
afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.stop();
});

const inspected = async (more: Partial<StartOptions> = {}) => {
  const maps = sourceMapsOf(editions['template.yaml']().code);
  const inspect = { port: 0, sourceMapOf: (code: string) => maps.get(code) };
  const stack = await start(template, { ...typescript.options, inspect, ...more });
  stacks.push(stack);
  const { port = 0 } = stack.inspectors?.find(({ logicalId }) => logicalId === 'UpdateItemFunction') ?? {};
  const api = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
  const send = (method: string, path: string, body: string) =>
    fetch(`${api}${path}`, { method, body, headers: { 'Content-Type': 'application/json' } });
  expect((await send('POST', '/items', '{"id":"lamp"}')).status).toBe(201);
  const put = () => send('PUT', '/items/lamp', '{"price":1}');
  return { stack, port, put };
};

describe('a debugger of a function', () => {
  it('stops in a line of the source for longer than the timeout, and the request succeeds', async () => {
    const { port, put } = await inspected();
    const client = await attach(port);
    const script = await functionScript(client);
    await setBreakpoint(client, script, url, line);
    const answer = put();
    const { lineNumber, columnNumber } = await paused(client);
    expect(sourceMapOf(script).findEntry(lineNumber, columnNumber)).toMatchObject({
      originalSource: url,
      originalLine: line,
      originalColumn: lines[line]?.indexOf('newWriteId'),
    });
    await wait((timeout + 0.5) * 1000);
    await client.ask('Debugger.resume');
    const response = await answer;
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ price: 1 })]);
  });

  it('lets the function go on when it hangs up', async () => {
    const { port, put } = await inspected();
    const client = await attach(port);
    await setBreakpoint(client, await functionScript(client), url, line);
    const answer = put();
    await paused(client);
    client.close();
    expect((await answer).status).toBe(200);
    expect((await put()).status).toBe(200);
  });

  it('finds the function at the same port after it was changed, with a map only for code that has one', async () => {
    const { stack, port, put } = await inspected();
    const before = await attach(port);
    expect((await functionScript(before)).sourceMapURL).toMatch(/^data:/);
    await stack.update(template.replace('// Without an entity tag a second attempt could undo', '// Changed:'));
    await before.closed;
    const after = await attach(port);
    expect((await functionScript(after)).sourceMapURL).toBe('');
    expect((await put()).status).toBe(200);
    expect(stack.inspectors?.map(({ logicalId }) => logicalId)).toEqual(operations.map(({ name }) => `${name}Function`));
  });

  it('needs a port that is free', async () => {
    const { port } = await inspected();
    const inspect = { port };
    await expect(start(template, { ...typescript.options, inspect })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `port ${port}, for the debugger of CreateItemFunction, is taken; choose another first port with --inspect=PORT`,
    });
  });
});
