import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { exception, type Reply, startEndpoint } from './endpoint.ts';
import { read as asRead, stored, writeId } from './items.ts';

const endpoint = await startEndpoint();
const { read, write } = await import('../../../src/functions/typescript/store.ts');
afterAll(endpoint.stop);
afterEach(() => void vi.useRealTimers());

/** A deadline that no test gets to. */
const soon = () => performance.now() + 60_000;
const found = { status: 200, body: { Item: stored() } };
const updated = { status: 200, body: { Attributes: stored() } };

const get = (deadline = soon()) => read({ action: 'GetItem', input: { Key: { id: { S: 'a' } } }, deadline });
const put = (repeatable: boolean, deadline = soon()) =>
  write({ action: 'UpdateItem', input: { Key: { id: { S: 'a' } } }, deadline, repeatable });

const unknown = {
  slug: 'store-unavailable',
  message: 'The write may or may not have been applied. Read the item before retrying.',
};

describe('a call of DynamoDB', () => {
  it('is one request to the table', async () => {
    endpoint.will(found);
    expect(await get()).toEqual({ item: asRead(stored()) });
    expect(endpoint.received).toEqual([
      { target: 'DynamoDB_20120810.GetItem', input: { TableName: 'items', Key: { id: { S: 'a' } } } },
    ]);
  });

  it('returns the item for which a condition failed', async () => {
    endpoint.will(exception('ConditionalCheckFailedException', { Item: stored({ writeId: { S: writeId(9) } }) }));
    expect(await put(false)).toMatchObject({ conditionFailed: true, output: { item: { writeId: `"${writeId(9)}"` } } });
    endpoint.will(exception('ConditionalCheckFailedException'));
    const { conditionFailed, output } = await put(false);
    expect([conditionFailed, output.item]).toEqual([true, undefined]);
  });

  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'TransactionConflictException',
    'ReplicatedWriteConflictException',
  ])('is repeated after %s: DynamoDB did not apply it', async (type) => {
    endpoint.will(exception(type), exception(type), updated);
    expect(await put(false)).toMatchObject({ conditionFailed: false, output: { item: { id: '"a"' } } });
    expect(endpoint.received).toHaveLength(3);
  });

  it('ends at the deadline with store-unavailable and the cause', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const deadline = soon();
    const throttled = exception('ThrottlingException');
    endpoint.will(throttled, throttled, () => {
      vi.advanceTimersByTime(60_000);
      return throttled;
    });
    await expect(put(true, deadline)).rejects.toMatchObject({
      slug: 'store-unavailable',
      message: 'Try again later.',
      cause: 'DynamoDB answered UpdateItem with ThrottlingException: ThrottlingException happened',
    });
    expect(endpoint.received).toHaveLength(3);
  });

  it('ends at the deadline wherever the wall clock is set meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    endpoint.will('hang', () => {
      vi.setSystemTime(Date.now() - 3_600_000);
      return 'hang';
    });
    await expect(get(performance.now() + 200)).rejects.toMatchObject({ slug: 'store-unavailable' });
  });

  it.each([
    'Item size has exceeded the maximum allowed size',
    'Item size to update has exceeded the maximum allowed size',
    'ExpressionAttributeValues contains invalid value: Item size has exceeded the maximum allowed size for key :a',
  ])('says item-too-large for: %s', async (message) => {
    endpoint.will(exception('ValidationException', { message }));
    await expect(put(true)).rejects.toMatchObject({ slug: 'item-too-large' });
    expect(endpoint.received).toHaveLength(1);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'])(
    'is not repeated where it is wrong itself: %s',
    async (type) => {
      endpoint.will(exception(type));
      const failure = put(true);
      await expect(failure).rejects.toThrow(`DynamoDB answered UpdateItem with ${type}: ${type} happened`);
      await expect(failure).rejects.not.toHaveProperty('slug');
      expect(endpoint.received).toHaveLength(1);
    },
  );
});

const head = (length: number) => `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`;
const text = JSON.stringify(updated.body);
const item = stored();

/** What leaves open whether DynamoDB has carried out the request. */
const failures: readonly [string, Reply][] = [
  ['a 500', { status: 500, body: { __type: 'InternalServerError', message: 'm' } }],
  ['a 503', { status: 503, body: {} }],
  ['an end without a byte', 'disconnect'],
  ['a reset without a byte', 'reset'],
  ['an end in the response', { raw: head(text.length) + text.slice(0, -9), end: 'close' }],
  ['a reset in the response', { raw: head(text.length) + text.slice(0, -9), end: 'reset' }],
  ['an end in the headers', { raw: 'HTTP/1.1 200 OK\r\ncontent-le', end: 'close' }],
  ['text that is no HTTP', { raw: '220 mail.example\r\n', end: 'close' }],
  [
    'a switch to another protocol',
    { raw: 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', end: 'close' },
  ],
  ['JSON that ends early', { raw: `${head(text.length - 1)}${text.slice(0, -1)}`, end: 'close' }],
  ['two JSON values', { raw: `${head(text.length + 2)}${text}{}`, end: 'close' }],
  ['no JSON', { raw: `${head(5)}<p>ok`, end: 'close' }],
  ['nothing', { raw: head(0), end: 'close' }],
  [
    'bytes that are not UTF-8',
    { raw: Buffer.from(`${head(text.length)}${text.replace('"a"', '"\xff"')}`, 'latin1'), end: 'close' },
  ],
  ['null', { status: 200, body: null }],
  ['a list', { status: 200, body: [] }],
  ['an item that has no write id', { status: 200, body: { Attributes: { ...item, writeId: undefined } } }],
  ['an item that is null', { status: 200, body: { Attributes: null } }],
  ['a value of no type', { status: 200, body: { Attributes: { ...item, attributes: { M: { a: {} } } } } }],
  ['a value of an unknown type', { status: 200, body: { Attributes: { ...item, attributes: { M: { a: { X: '1' } } } } } }],
  ['an exception with 200', { status: 200, body: { __type: 'ThrottlingException', Attributes: item } }],
  ['a redirect', { status: 307, body: {} }],
  ['a 403 of another server', { status: 403, body: { error: 'no' } }],
  ['a 429 of another server', { status: 429, body: {} }],
];

describe.each(failures)('after %s', (_what, reply) => {
  it('a read is repeated', async () => {
    endpoint.will(reply, found);
    expect(await get()).toEqual({ item: asRead(stored()) });
    expect(endpoint.received).toHaveLength(2);
  });

  it('a write that cannot be applied twice is repeated, and what follows is marked as uncertain', async () => {
    endpoint.will(reply, updated);
    expect(await put(true)).toMatchObject({ conditionFailed: false, unknown });
    endpoint.will(reply, exception('ConditionalCheckFailedException'));
    expect(await put(true)).toMatchObject({ conditionFailed: true, unknown });
  });

  it('any other write is not repeated, on a new connection or on one that was kept alive', async () => {
    for (const close of [true, undefined]) {
      endpoint.will({ ...found, ...(close && { close }) });
      await get();
      const connections = endpoint.connections();
      endpoint.will(reply, updated);
      await expect(put(false)).rejects.toMatchObject(unknown);
      expect(endpoint.received).toHaveLength(1);
      expect(endpoint.connections() - connections).toBe(close ? 1 : 0);
    }
  });

  it('nothing else says that a write was not applied', async () => {
    endpoint.will(reply, exception('AccessDeniedException'));
    await expect(put(true)).rejects.toMatchObject(unknown);
    vi.useFakeTimers({ toFake: ['performance'] });
    const deadline = soon();
    endpoint.will(reply, () => {
      vi.advanceTimersByTime(60_000);
      return exception('ThrottlingException');
    });
    await expect(put(true, deadline)).rejects.toMatchObject(unknown);
  });
});

it.each([
  ['UpdateItem', {}],
  ['UpdateItem', { Attributes: {} }],
  ['Scan', {}],
  ['Scan', { Items: null }],
] as const)('a response to %s that lacks what it must have is a failure: %j', async (action, body) => {
  const call = { action, input: {}, deadline: soon() };
  endpoint.will({ status: 200, body });
  if (action === 'UpdateItem') await expect(write({ ...call, repeatable: false })).rejects.toMatchObject(unknown);
  else {
    endpoint.will({ status: 200, body }, { status: 200, body: { Items: [], Count: 0, ScannedCount: 0 } });
    expect(await read(call)).toEqual({ items: [] });
  }
});

it('a write is repeated whatever it is where nobody listens: nothing was sent', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:9');
  vi.resetModules();
  const store = await import('../../../src/functions/typescript/store.ts');
  const call = { action: 'UpdateItem', input: {}, deadline: performance.now() + 300, repeatable: false } as const;
  await expect(store.write(call)).rejects.toMatchObject({
    message: 'Try again later.',
    // On a machine that is busy, the last attempt may find no time left.
    cause: expect.stringMatching(/ECONNREFUSED|There is no time left/),
  });
});
