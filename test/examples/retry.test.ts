import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ClientOptions, createItemsClient, type ItemsClient } from '../../examples/client-typescript/client.ts';
import { createItem, deleteItem, readItem } from '../../examples/client-typescript/items.ts';
import { updateItem } from '../../examples/client-typescript/update.ts';
import { type ProblemSlug, problems, problemType } from '../../src/contract/problems.ts';

/** How the server treats one request. */
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const respond =
  (status: number, body: object | string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const problem = (slug: ProblemSlug, headers: Record<string, string> = {}): Answer => {
  const { status } = problems[slug] as { status: number };
  return respond(
    status,
    { type: problemType(slug), status, detail: 'As it is.', requestId: 'r', instance: 'urn:r' },
    headers,
  );
};
const unavailable = problem('store-unavailable');
const throttled = problem('too-many-requests');
const lost: Answer = (response) => response.destroy();
const silent: Answer = () => {};
const cutOff: Answer = (response) => {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"id":', () => response.destroy());
};
const lamp = { id: 'lamp', version: 1, createdAt: '2026-11-22T15:00:50.726Z', updatedAt: '2026-11-22T15:00:50.726Z' };
const item = respond(200, lamp, { etag: '"a"' });
const created = respond(201, lamp, { etag: '"a"' });

interface Received {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A client of a server that gives one answer after the other, and what both did. Pauses are noted and left out. */
const facing = async (answers: readonly Answer[], options: ClientOptions = {}) => {
  const received: Received[] = [];
  const pauses: number[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[received.length] ?? respond(400, 'one request too many');
    received.push({ method: request.method ?? '', headers: request.headers, body: await text(request) });
    answer(response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const wait = async (milliseconds: number) => void pauses.push(milliseconds);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const client = createItemsClient(url, { ...options, retry: { wait, ...options.retry } });
  return { client, url, received, pauses };
};

describe('a create', () => {
  it.each([
    ['503', unavailable],
    ['429', throttled],
    ['a lost connection', lost],
    ['a connection that is lost amid the response', cutOff],
  ])('is repeated after %s, as the same request', async (_what, failure) => {
    const { client, received } = await facing([failure, failure, created]);
    expect((await createItem(client, { id: 'lamp' }, 'key')).item).toEqual(lamp);
    expect(received).toHaveLength(3);
    for (const { method, headers, body } of received) {
      expect([method, headers['idempotency-key'], body]).toEqual(['POST', 'key', '{"id":"lamp"}']);
    }
  });

  it('tells that an earlier request has created the item', async () => {
    const replayed = respond(201, lamp, { etag: '"a"', 'idempotency-replayed': 'true' });
    const { client } = await facing([lost, replayed, created]);
    expect((await createItem(client, {})).isReplay).toBe(true);
    expect((await createItem(client, {})).isReplay).toBe(false);
  });

  it('has a new key each, unless it gets one', async () => {
    const { client, received } = await facing([created, created]);
    await createItem(client, {});
    await createItem(client, {});
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it('is given up after so many attempts, with the last problem', async () => {
    const { client, received, pauses } = await facing(Array(9).fill(unavailable), { retry: { attempts: 3 } });
    await expect(createItem(client, {})).rejects.toMatchObject({ problem: { type: problemType('store-unavailable') } });
    expect([received.length, pauses.length]).toEqual([3, 2]);
  });

  it('is given up with the error of fetch', async () => {
    const { client } = await facing(Array(9).fill(lost));
    await expect(createItem(client, {})).rejects.toThrow(TypeError);
  });

  it('is not repeated without a key', async () => {
    const { client, received } = await facing([unavailable]);
    expect((await client.POST('/items', { body: {} })).error?.type).toBe(problemType('store-unavailable'));
    expect(received).toHaveLength(1);
  });
});

describe('a pause', () => {
  it('is random up to a bound that doubles', async () => {
    const { client, pauses } = await facing(Array(9).fill(unavailable), { retry: { attempts: 9, pause: 100, time: 1e9 } });
    await expect(createItem(client, {})).rejects.toThrow();
    expect(pauses).toHaveLength(8);
    for (const [index, pause] of pauses.entries()) expect(pause).toBeLessThan(100 * 2 ** index);
    expect(new Set(pauses).size).toBe(8);
  });

  it('is 20 s at most', async () => {
    const { client, pauses } = await facing(Array(9).fill(unavailable), { retry: { attempts: 9, pause: 1e9, time: 1e9 } });
    await expect(createItem(client, {})).rejects.toThrow();
    expect(Math.max(...pauses)).toBeLessThan(20_000);
  });

  it('does not end before Retry-After', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    const answers = ['2', date, 'soon'].map((after) => problem('store-unavailable', { 'retry-after': after }));
    const { client, pauses } = await facing([...answers, created], { retry: { pause: 100 } });
    await createItem(client, {});
    const [seconds = 0, untilDate = 0, unknown = 0] = pauses;
    expect(seconds).toBeGreaterThanOrEqual(2000);
    expect(seconds).toBeLessThan(2100);
    expect(untilDate).toBeGreaterThan(2100);
    expect(untilDate).toBeLessThan(30_200);
    expect(unknown).toBeLessThan(400);
  });

  it('is not begun if it would not end in time', async () => {
    const { client, pauses } = await facing([problem('store-unavailable', { 'retry-after': '61' })]);
    await expect(createItem(client, {})).rejects.toMatchObject({ problem: { status: 503 } });
    expect(pauses).toEqual([]);
  });

  it('ends when the caller aborts', async () => {
    const caller = new AbortController();
    let isTold = false;
    const wait = async (_milliseconds: number, signal: AbortSignal) => {
      caller.abort(new Error('enough'));
      isTold = signal.aborted;
    };
    const { client, received } = await facing([unavailable], { retry: { wait } });
    await expect(client.GET('/items', { signal: caller.signal })).rejects.toThrow('enough');
    expect(received).toHaveLength(1);
    expect(isTold).toBe(true);
  });
});

describe('without a replacement for the pauses', () => {
  it('a create is repeated', async () => {
    const { url } = await facing([unavailable, created]);
    expect((await createItem(createItemsClient(url, { retry: { pause: 1 } }), {})).item).toEqual(lamp);
  });

  it('a call ends when its caller aborts', async () => {
    const caller = new AbortController();
    const { url } = await facing([
      (response, request) => {
        response.on('close', () => caller.abort(new Error('enough')));
        problem('store-unavailable', { 'retry-after': '50' })(response, request);
      },
    ]);
    await expect(createItemsClient(url).GET('/items', { signal: caller.signal })).rejects.toThrow(/enough|aborted/);
  });
});

describe('an attempt', () => {
  it('that gets no response in time is a lost connection', async () => {
    const { client, pauses } = await facing([silent, silent], { retry: { attempts: 2, attemptTime: 20 } });
    await expect(readItem(client, 'lamp')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(pauses).toHaveLength(1);
  });

  it('ends with the time for all', async () => {
    const { client, pauses } = await facing([silent], { retry: { time: 20 } });
    await expect(readItem(client, 'lamp')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(pauses).toEqual([]);
  });

  it('is authorized anew', async () => {
    let count = 0;
    const token = async () => `token ${++count}`;
    const { client, received } = await facing([throttled, item], { token, apiKey: 'key' });
    await readItem(client, 'lamp');
    expect(received.map(({ headers }) => [headers.authorization, headers['x-api-key']])).toEqual([
      ['token 1', 'key'],
      ['token 2', 'key'],
    ]);
  });
});

describe('a write that may have been applied', () => {
  const calls: readonly [string, (client: ItemsClient) => Promise<unknown>, readonly Answer[]][] = [
    ['update', (client) => updateItem(client, 'lamp', (old) => ({ ...old, n: 1 })), [item]],
    ['delete', (client) => deleteItem(client, 'lamp', '"a"'), []],
  ];

  it.each(calls)('is not repeated: %s', async (_name, call, before) => {
    for (const failure of [unavailable, lost]) {
      const { client, received } = await facing([...before, failure]);
      await expect(call(client)).rejects.toThrow();
      expect(received).toHaveLength(before.length + 1);
    }
  });

  it.each(calls)('is one that was not throttled: %s', async (_name, call, before) => {
    const { client, received } = await facing([...before, throttled, item]);
    await call(client);
    expect(received).toHaveLength(before.length + 2);
  });
});

it('a used up quota is not waited for', async () => {
  const { client, received } = await facing([problem('quota-exceeded')]);
  await expect(readItem(client, 'lamp')).rejects.toThrow('quota-exceeded: As it is. (request r)');
  expect(received).toHaveLength(1);
});
