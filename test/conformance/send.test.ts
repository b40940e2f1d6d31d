import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { send } from '../../src/conformance/send.ts';
import { problemType } from '../../src/contract/problems.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Serves answers one after the other; the last one again and again. */
const serve = async (...answers: [status: number, headers?: Record<string, string>, body?: string][]) => {
  const signatures: unknown[] = [];
  const server = createServer(({ headers }, response) => {
    signatures.push(headers['x-signature']);
    const [status, more = {}, body = ''] = answers[Math.min(signatures.length, answers.length) - 1] ?? [500];
    response.writeHead(status, more).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { outgoing: { method: 'GET', url, headers: {}, body: undefined }, signatures };
};

const soon = { 'Retry-After': '0' };

it('repeats what is throttled, signed anew', async () => {
  const { outgoing, signatures } = await serve([429, soon], [429, soon], [200]);
  let count = 0;
  const authorize = () => ({ 'x-signature': `${++count}` });
  expect((await send({ patience: 10_000, authorize }, outgoing)).status).toBe(200);
  expect(signatures).toEqual(['1', '2', '3']);
});

it('waits without being told how long', async () => {
  const { outgoing, signatures } = await serve([429], [200]);
  expect((await send({ patience: 10_000 }, outgoing)).status).toBe(200);
  expect(signatures.length).toBe(2);
});

it.each([
  ['without patience', {}, soon],
  ['for longer than patience lasts', { patience: 5000 }, { 'Retry-After': '6' }],
])('does not wait %s', async (_name, target, headers) => {
  const { outgoing, signatures } = await serve([429, headers]);
  expect((await send(target, outgoing)).status).toBe(429);
  expect(signatures.length).toBe(1);
});

it('does not wait for the next month', async () => {
  const { outgoing, signatures } = await serve([429, soon, JSON.stringify({ type: problemType('quota-exceeded') })]);
  expect((await send({ patience: 10_000 }, outgoing)).status).toBe(429);
  expect(signatures.length).toBe(1);
});

it('does not wait when it is told to stop', async () => {
  const controller = new AbortController();
  const { outgoing } = await serve([429, { 'Retry-After': '9' }]);
  const authorize = () => {
    setImmediate(() => controller.abort());
    return {};
  };
  expect((await send({ patience: 10_000, authorize }, outgoing, controller.signal)).status).toBe(429);
});

it('follows no redirect, and leaves out what authorizes where it is told to', async () => {
  const { outgoing, signatures } = await serve([302, { Location: '/elsewhere' }]);
  const authorize = () => ({ 'x-signature': 'mine' });
  expect((await send({ authorize }, { ...outgoing, anonymous: true })).status).toBe(302);
  expect(signatures).toEqual([undefined]);
});
