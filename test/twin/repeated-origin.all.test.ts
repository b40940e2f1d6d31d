import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';

const allowed = 'https://page.example';
const other = 'https://evil.example';
const several = [
  [other, allowed],
  [allowed, other],
  [other, other],
  [allowed, ''],
];

let stack: Stack;
beforeAll(async () => {
  const parameters = { AuthorizationType: 'NONE', AllowedOrigins: allowed };
  stack = await start(readFileSync('template.yaml', 'utf8'), { parameters });
});
afterAll(() => stack.stop());

/** The value of Access-Control-Allow-Origin in the response to a request with these lines. */
const allowedOrigins = async (method: string, origins: readonly string[]): Promise<string[]> => {
  const { port } = new URL(stack.stages[0]?.url ?? '');
  const socket = connect(Number(port), '127.0.0.1');
  const lines = [
    `${method} /v1/items HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    ...origins.map((one) => `Origin: ${one}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [head = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 20[04] /);
  return [...head.matchAll(/^access-control-allow-origin: (.*)$/gim)].map(([, value = '']) => value);
};

// No browser sends Origin twice (RFC 6454, 7.3). Who does is told one origin at most, and only an allowed one.
describe('a request with Origin in several lines', () => {
  it('is told no origin by a function, as several lines are one list (RFC 9110, 5.3)', async () => {
    expect(await allowedOrigins('GET', [allowed])).toEqual([allowed]);
    for (const origins of several) expect(await allowedOrigins('GET', origins)).toEqual([]);
  });

  it('is told the last one by a mapping template, if that is allowed', async () => {
    expect(await allowedOrigins('OPTIONS', [allowed])).toEqual([allowed]);
    expect(await Promise.all(several.map((origins) => allowedOrigins('OPTIONS', origins)))).toEqual([[allowed], [], [], []]);
  });
});
