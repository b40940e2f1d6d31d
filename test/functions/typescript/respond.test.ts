import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exception, startEndpoint } from './endpoint.ts';
import { context, proxyEvent } from './event.ts';
import { stored } from './items.ts';

const endpoint = await startEndpoint();
const get = (await import('../../../src/functions/typescript/get-item.ts')).lambda_handler;
afterAll(endpoint.stop);

const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'info').mockImplementation((line) => void lines.push({ level: 'INFO', ...line }));
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push({ level: 'ERROR', ...line }));
});
afterEach(() => {
  vi.useRealTimers();
  delete process.env.ALLOWED_ORIGINS;
});

const found = { status: 200, body: { Item: stored() } };

/** Origins that only look like one of the list. */
const othersThanB = [
  'https://c.example',
  'https://a.example,https://b.example',
  'https://b.example/',
  'https://B.example',
  'https://b.example:443',
  'http://b.example',
  'https://b.exampl',
  'null',
  '*',
];

describe('every answer', () => {
  it('is logged in one line that says who, what and how long, and nothing of the client', async () => {
    endpoint.will(found);
    await get(proxyEvent({ id: 'a', headers: { 'X-Correlation-Id': 'order-7', Authorization: 'secret' } }), context());
    await get(proxyEvent({ id: 'a', headers: { 'x-correlation-id': 'no good\n' } }), context());
    const line = {
      level: 'INFO',
      operation: 'GetItem',
      caller: '192.0.2.1',
      status: 200,
      apiRequestId: 'r-1',
      durationMs: expect.any(Number),
    };
    expect(lines).toEqual([
      { ...line, coldStart: true, correlationId: 'order-7' },
      { ...line, coldStart: false, correlationId: 'r-1' },
    ]);
  });

  it.each([
    [
      'an IAM principal',
      { identity: { userArn: 'arn:aws:iam::123456789012:user/ann' } },
      'arn:aws:iam::123456789012:user/ann',
    ],
    ['a user of the pool', { authorizer: { claims: { sub: 's-1' } }, identity: { apiKeyId: 'k-1' } }, 's-1'],
    ['the owner of an API key', { identity: { apiKeyId: 'k-1' } }, 'k-1'],
  ])('is logged with who asked: %s', async (_, who, caller) => {
    endpoint.will(found);
    await get(proxyEvent({ id: 'a', ...who }), context());
    expect(lines).toMatchObject([{ caller }]);
  });

  it('is not to be cached without asking again, nor to be taken for another type', async () => {
    endpoint.will(found);
    const { headers } = await get(proxyEvent({ id: 'a' }), context());
    expect(headers).toMatchObject({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
    expect(endpoint.received[0]?.input).toMatchObject({ ConsistentRead: true });
  });

  it('allows any origin, or the caller’s if it is in the list', async () => {
    endpoint.will(found);
    const ask = async (origin?: string) =>
      (await get(proxyEvent({ id: 'a', ...(origin && { headers: { origin } }) }), context())).headers;
    expect(await ask('https://a.example')).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
    process.env.ALLOWED_ORIGINS = 'https://a.example,https://b.example';
    expect(await ask('https://b.example')).toMatchObject({
      'Access-Control-Allow-Origin': 'https://b.example',
      Vary: 'Origin',
    });
    for (const other of [...othersThanB, undefined]) {
      const headers = await ask(other);
      expect(headers).toMatchObject({ Vary: 'Origin' });
      expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
    }
  });
});

describe('a exception', () => {
  it('is logged by its name alone: what it says may be the client’s', async () => {
    const post = (await import('../../../src/functions/typescript/create-item.ts')).lambda_handler;
    const name = `jane.doe-${'x'.repeat(5000)}`;
    const result = await post(proxyEvent({ body: `{"patients":{"${name}":1e999}}` }), context());
    expect(result.statusCode).toBe(400);
    expect(result.body).toContain('patients.jane.doe');
    expect(result.body.length).toBeLessThan(1000);
    expect(JSON.stringify(lines)).not.toContain('jane');
    expect(lines[0]).toMatchObject({ level: 'INFO', status: 400, problem: 'invalid-item' });
  });
});

describe('a failure', () => {
  it('tells the client nothing but the request id, and the log the cause', async () => {
    endpoint.will(exception('AccessDeniedException', { message: 'arn:aws:iam::1:role/x is not authorized' }));
    const result = await get(proxyEvent({ id: 'a', requestId: 'r-9' }), context());
    expect(result).toMatchObject({ statusCode: 500, headers: { 'Content-Type': 'application/problem+json' } });
    expect(result.body).toContain('"requestId":"r-9"');
    expect(result.body).not.toMatch(/arn|AccessDenied|stack/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'ERROR', status: 500, error: expect.any(Error) });
    expect(String(lines[0]?.error)).toContain('AccessDeniedException: arn:aws:iam::1:role/x is not authorized');
  });

  it('of the store is one before the gateway’s 29 seconds are over', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const until: number[] = [];
    const { createHandler } = await import('../../../src/functions/typescript/respond.ts');
    const probe = createHandler('GetItem', async ({ deadline }) => {
      until.push(deadline - performance.now());
      return { status: 204 };
    });
    for (const remaining of [30_000, 5000]) await probe(proxyEvent({}), context(remaining));
    expect(until).toEqual([10_000, 4000]);
  });

  it('of the store is a 503 with Retry-After, before Lambda’s own time is up', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const failed = { status: 500, body: {} };
    endpoint.will(failed, () => {
      vi.advanceTimersByTime(8000);
      return failed;
    });
    const result = await get(proxyEvent({ id: 'a' }), context(9000));
    expect(endpoint.received).toHaveLength(2);
    expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1', 'Access-Control-Allow-Origin': '*' } });
    expect(lines[0]).toMatchObject({ level: 'ERROR', cause: 'DynamoDB answered GetItem with 500: {}' });
  });
});
