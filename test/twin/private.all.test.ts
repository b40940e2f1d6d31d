import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { listeningPorts, portsOf, tree } from '../listening-ports.ts';

/** Bytes that stand in an item, and that nobody without credentials may read. */
const secret = 'only-for-callers';

let stack: Stack;
let url = '';
beforeAll(async () => {
  const parameters = { AuthorizationType: 'NONE' };
  stack = await start(readFileSync('template.yaml', 'utf8'), { parameters, inspect: { port: 0 } });
  // As --expose-dynamodb does.
  stack.dynamoDb('full');
  url = stack.stages[0]?.url ?? '';
  // A debugger is told once its function runs, which then listens on a port of its own.
  await Promise.all((stack.inspectors ?? []).map(({ port }) => fetch(`http://127.0.0.1:${port}/json/list`)));
  const body = JSON.stringify({ id: 'secret', secret });
  const headers = { 'Content-Type': 'application/json' };
  expect((await fetch(`${url}/items`, { method: 'POST', headers, body })).status).toBe(201);
});
afterAll(() => stack.stop());

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const ask = async (port: number, { method = 'GET', path = '/', headers = {}, body }: Asked) => {
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }).end(body);
  const [response] = await once(outgoing, 'response');
  return { status: response.statusCode as number, headers: response.headers, body: await text(response) };
};

describe.skipIf(process.platform !== 'linux')('the ports of a twin (needs /proc to find them)', () => {
  const scan = JSON.stringify({ TableName: 'items-dev' });
  const dynamoDb = { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.Scan' };
  const forged =
    'AWS4-HMAC-SHA256 Credential=AKIA/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

  it.each<[string, Asked]>([
    ['a page or a browser', { headers: { Origin: 'http://evil.example' } }],
    ['an unsigned call of DynamoDB', { method: 'POST', headers: dynamoDb, body: scan }],
    ['a call with a forged signature', { method: 'POST', headers: { ...dynamoDb, Authorization: forged }, body: scan }],
    ['a call of a web page', { method: 'POST', headers: { ...dynamoDb, Origin: 'http://evil.example' }, body: scan }],
    ['a script element of a web page', { headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' } }],
    ['a name that leads here', { method: 'POST', headers: { ...dynamoDb, Host: 'rebound.example' }, body: scan }],
    ['a runtime that asks for events', { path: '/2018-06-01/runtime/invocation/next' }],
    [
      'a runtime that answers',
      { method: 'POST', path: '/2018-06-01/runtime/invocation/00000000-0000-0000-0000-000000000000/response', body: '{}' },
    ],
  ])('give nothing to %s', async (_who, asked) => {
    const ports = listeningPorts().filter((port) => port !== Number(new URL(url).port));
    expect(ports).toEqual(expect.arrayContaining(debuggers()));
    expect(ports).toContain(Number(new URL(stack.dynamoDb('read').endpoint).port));
    for (const port of ports) {
      const response = await ask(port, asked);
      expect(response.body).not.toContain(secret);
      expect(response.headers).not.toHaveProperty('access-control-allow-origin');
      if (response.status < 400) expect(response.body).toMatch(/^healthy: dynamodb\.us-east-1\.amazonaws\.com $/);
    }
  });

  // --inspect opens functions to every process of this machine, as its documentation says.
  it('tell the path of a debugger, which is random, to processes that ask for a name of this machine', async () => {
    const telling: number[] = [];
    for (const port of listeningPorts()) {
      const told = await ask(port, { path: '/json/list' });
      if (told.status === 200) {
        telling.push(port);
        expect(JSON.parse(told.body)[0].webSocketDebuggerUrl).toMatch(/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(told.headers).not.toHaveProperty('access-control-allow-origin');
      }
      const rebound = await ask(port, { path: '/json/list', headers: { Host: 'rebound.example' } });
      expect(rebound.status).toBeGreaterThanOrEqual(400);
      expect(rebound.body).not.toContain('webSocketDebuggerUrl');
    }
    // Each function has a port that is announced, and the one of its process.
    expect(telling).toHaveLength(2 * operations.length);
    expect(telling).toEqual(expect.arrayContaining(debuggers()));
  });

  it('are those of the gateway, of functions and of their endpoints: the database has none', () => {
    const databases = tree(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dynalite.'));
    expect(databases).toHaveLength(1);
    expect(portsOf(databases)).toEqual([]);
  });
});

describe('the gateway', () => {
  const port = () => Number(new URL(url).port);
  const path = '/v1/items/secret';

  it('serves the names of the loopback interface', async () => {
    for (const host of ['localhost', 'api.localhost:3000', '127.0.0.1', '127.1.2.3:80', '[::1]:3000', 'LOCALHOST'])
      expect(await ask(port(), { path, headers: { Host: host } })).toMatchObject({ status: 200 });
  });

  it('serves no other, unless it is told to', async () => {
    for (const host of ['rebound.example', '10.0.0.1', 'localhost.example', '127.0.0.1.example', '[::2]'])
      expect(await ask(port(), { path, headers: { Host: host } })).toMatchObject({
        status: 403,
        body: expect.stringContaining('--allow-host'),
      });
    const other = await start(readFileSync('test/twin/fixture.yaml', 'utf8'), { allowedHosts: ['laptop.example'] });
    const { port: otherPort } = new URL(other.stages[0]?.url ?? '');
    const asked = { path: '/dev/items', headers: { Host: 'laptop.example:1' } };
    expect(await ask(Number(otherPort), asked)).toMatchObject({ status: 200 });
    await other.stop();
  });

  it('takes one Host header', async () => {
    const response = await fetchRaw(
      port(),
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).not.toContain(secret);
  });
});

const debuggers = (): number[] => (stack.inspectors ?? []).map(({ port }) => port);

const fetchRaw = async (port: number, head: string): Promise<string> => {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  socket.write(head);
  return text(socket);
};
