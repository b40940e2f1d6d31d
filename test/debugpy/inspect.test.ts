import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { sourceMapsOf } from '../../src/stack/code/source-map.ts';
import { editions } from '../../src/stack/editions.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { inPython } from '../editions.ts';
import { attach, stopped } from './adapter-client.ts';

const path = join(process.cwd(), 'src/functions/python/update_item.py');
const line = readFileSync(path, 'utf8').split('\n').indexOf('    write_id = new_write_id()') + 1;

/** Seconds that UpdateItem and its integration allow. */
const timeout = 4;
const [others = '', updateItem = ''] = inPython.template.split(/(?=^ {2}UpdateItemFunction:)/m);
const template =
  others +
  updateItem
    .replace('      Timeout: 30\n', `      Timeout: ${timeout}\n`)
    .replace('        IntegrationHttpMethod: POST\n', `$&        TimeoutInMillis: ${timeout * 1000}\n`);

const stacks: Stack[] = [];
afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.stop();
});

const inspected = async () => {
  const maps = sourceMapsOf(editions['template.python.yaml']().code);
  const inspect = { port: 0, sourceMapOf: (code: string) => maps.get(code) };
  const lines: string[] = [];
  const onLog = ({ message }: { message: string }) => void lines.push(message);
  const stack = await start(template, { ...inPython.options, inspect, onLog });
  stacks.push(stack);
  const { port = 0 } = stack.inspectors?.find(({ logicalId }) => logicalId === 'UpdateItemFunction') ?? {};
  const api = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
  const send = (method: string, path: string, body: string) =>
    fetch(`${api}${path}`, { method, body, headers: { 'Content-Type': 'application/json' } });
  expect((await send('POST', '/items', '{"id":"lamp"}')).status).toBe(201);
  return { port, lines, put: () => send('PUT', '/items/lamp', '{"price":1}') };
};

describe('a debugger of a function in Python', () => {
  it('stops in a line of the source for longer than the timeout, and the request succeeds', async () => {
    const { port, put, lines } = await inspected();
    const client = await attach(port, path, [line]);
    const answer = put();
    const { threadId, frame } = await stopped(client);
    expect(frame).toMatchObject({ line, name: 'lambda_handler', source: { path } });
    await wait((timeout + 0.5) * 1000);
    // A step, which goes on and stands still again.
    await client.ask('next', { threadId });
    const next = await stopped(client);
    expect(next.frame).toMatchObject({ line: line + 1, source: { path } });
    const { result } = await client.ask<{ result: string }>('evaluate', { expression: 'item_id', frameId: next.frame?.id });
    expect(result).toBe("'lamp'");
    await wait((timeout + 0.5) * 1000);
    await client.ask('continue', { threadId });
    const response = await answer;
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ price: 1 })]);
    expect(lines.filter((text) => /debug/i.test(text))).toEqual([]);
  });

  it('lets the function go on when it hangs up, and another one attach itself', async () => {
    const { port, put } = await inspected();
    const client = await attach(port, path, [line]);
    const answer = put();
    await stopped(client);
    client.close();
    expect((await answer).status).toBe(200);
    const other = await attach(port, path, [line - 1]);
    const second = put();
    const { threadId, frame } = await stopped(other);
    expect(frame).toMatchObject({ line: line - 1 });
    await other.ask('continue', { threadId });
    expect((await second).status).toBe(200);
  });

  it('is no web page', async () => {
    const { port, put } = await inspected();
    const socket = connect(port, '127.0.0.1').end('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
    await once(socket.resume(), 'close');
    expect((await put()).status).toBe(200);
  });
});
