import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { refusal, startEndpoint } from './endpoint.ts';

const endpoint = await startEndpoint();
// INIT waits for a connection for a second, which is not over here before there is one.
vi.useFakeTimers({ toFake: ['setTimeout'] });
const { call, ready } = await import('../../../src/functions/typescript/store.ts');
await ready;
vi.useRealTimers();
afterAll(endpoint.stop);
afterEach(() => void vi.useRealTimers());

/** A deadline that no test gets to. */
const soon = () => Date.now() + 60_000;
const ok = { status: 200, body: { Item: { id: { S: 'a' } } } };

describe('INIT', () => {
  it('opens the connection that the first call takes', async () => {
    expect(endpoint.connections()).toBe(1);
    endpoint.will(ok);
    await call('GetItem', {}, soon(), false);
    expect(endpoint.connections()).toBe(1);
  });

  it.each([
    ['nobody listens', async () => ({ url: 'http://127.0.0.1:9', stop() {} })],
    ['nobody answers', async () => listener(() => {})],
    ['the connection breaks', async () => listener((socket) => socket.destroy())],
    [
      'the answer breaks off',
      async () => listener((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nheal')),
    ],
    [
      'the answer never ends',
      async () => listener((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nheal')),
    ],
    ['something else answers', async () => listener((socket) => socket.end('220 mail.example\r\n'))],
  ])('ends where %s', async (_where, open) => {
    const { url, stop } = await open();
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
    vi.resetModules();
    const store = await import('../../../src/functions/typescript/store.ts');
    await expect(store.ready).resolves.toBeUndefined();
    vi.unstubAllEnvs();
    stop();
  });
});

describe('a call to DynamoDB', () => {
  it('is one request to the table', async () => {
    endpoint.will(ok);
    const result = await call('GetItem', { Key: { id: { S: 'a' } } }, soon(), true);
    expect(result).toEqual({ conditionFailed: false, output: ok.body });
    expect(endpoint.received).toEqual([
      { target: 'DynamoDB_20120810.GetItem', input: { TableName: 'items', Key: { id: { S: 'a' } } } },
    ]);
  });

  it('returns the item that a failed condition was held against', async () => {
    endpoint.will(refusal('ConditionalCheckFailedException', { Item: { id: { S: 'a' } } }));
    const result = await call('PutItem', {}, soon(), true);
    expect(result.conditionFailed).toBe(true);
    expect(result.output.Item).toEqual({ id: { S: 'a' } });
  });

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'is tried again after %s, which is certain not to have happened',
    async (type) => {
      endpoint.will(refusal(type), refusal(type), ok);
      expect(await call('PutItem', {}, soon(), false)).toMatchObject({ output: ok.body });
      expect(endpoint.received).toHaveLength(3);
    },
  );

  it.each([
    ['a 5xx', { status: 500, body: { __type: 'InternalServerError' } }],
    ['a lost connection', 'disconnect'],
  ] as const)('is tried again after %s, which may have happened, only if it is repeatable', async (_what, reply) => {
    // The next request has a connection of its own: one that was kept alive may have been closed before it was sent.
    const useNewConnection = async () => {
      endpoint.will({ ...ok, close: true });
      await call('GetItem', {}, soon(), true);
    };
    await useNewConnection();
    endpoint.will(reply, ok);
    expect(await call('PutItem', {}, soon(), true)).toMatchObject({ output: ok.body });
    await useNewConnection();
    endpoint.will(reply, ok);
    await expect(call('PutItem', {}, soon(), false)).rejects.toMatchObject({
      slug: 'store-unavailable',
      message: 'It is not known whether this happened: look before you repeat it.',
    });
    expect(endpoint.received).toHaveLength(1);
  });

  it('is tried again on a new connection when one that was kept alive turns out to be closed', async () => {
    endpoint.will(ok);
    await call('PutItem', {}, soon(), false);
    const connections = endpoint.connections();
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));
    for (let request = 0; request < 20; request++) await call('PutItem', {}, soon(), false);
    expect(endpoint.connections()).toBe(connections);
    expect(warnings).toEqual([]);
    endpoint.will('disconnect', ok);
    expect(await call('PutItem', {}, soon(), false)).toMatchObject({ output: ok.body });
  });

  it('does not wait for an answer for ever', async () => {
    endpoint.will('hang');
    await expect(call('GetItem', {}, Date.now() + 200, true)).rejects.toMatchObject({ slug: 'store-unavailable' });
  });

  it('ends at the deadline with store-unavailable and the cause', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const deadline = soon();
    const throttled = refusal('ThrottlingException');
    endpoint.will(throttled, throttled, () => {
      vi.setSystemTime(deadline);
      return throttled;
    });
    await expect(call('PutItem', {}, deadline, true)).rejects.toMatchObject({
      slug: 'store-unavailable',
      cause: 'DynamoDB answered PutItem with ThrottlingException: ThrottlingException happened',
    });
    expect(endpoint.received).toHaveLength(3);
  });

  it.each([
    'Item size has exceeded the maximum allowed size',
    'Item size to update has exceeded the maximum allowed size',
    'ExpressionAttributeValues contains invalid value: Item size has exceeded the maximum allowed size for key :a',
  ])('says item-too-large for: %s', async (message) => {
    endpoint.will(refusal('ValidationException', { message }));
    await expect(call('PutItem', {}, soon(), true)).rejects.toMatchObject({ slug: 'item-too-large' });
    expect(endpoint.received).toHaveLength(1);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'])(
    'does not try again what is our own fault: %s',
    async (type) => {
      endpoint.will(refusal(type));
      const failure = call('PutItem', {}, soon(), true);
      await expect(failure).rejects.toThrow(`DynamoDB answered PutItem with ${type}: ${type} happened`);
      await expect(failure).rejects.not.toHaveProperty('slug');
      expect(endpoint.received).toHaveLength(1);
    },
  );
});

/** A server that does this with every connection. */
const listener = async (onConnection: (socket: Socket) => void) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
