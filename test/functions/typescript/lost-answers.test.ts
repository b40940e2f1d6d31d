import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal, startEndpoint } from './endpoint.ts';
import { context, proxyEvent } from './event.ts';

const endpoint = await startEndpoint();
const create = (await import('../../../src/functions/typescript/create-item.ts')).lambda_handler;
const update = (await import('../../../src/functions/typescript/update-item.ts')).lambda_handler;
const remove = (await import('../../../src/functions/typescript/delete-item.ts')).lambda_handler;
afterAll(endpoint.stop);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

const stored = (extra: object = {}) => ({
  id: { S: 'a' },
  version: { N: '4' },
  createdAt: { S: '2026-01-01T00:00:00.000Z' },
  updatedAt: { S: '2026-02-02T00:00:00.000Z' },
  attributes: { M: { n: { N: '7' } } },
  ...extra,
});
const conditionFailed = (item?: object) => refusal('ConditionalCheckFailedException', item && { Item: item });
/** An answer that got lost, for certain: not that of a connection that was closed while idle. */
const lost = { status: 500, body: { __type: 'InternalServerError' } } as const;

describe('an attempt that DynamoDB carried out although its answer got lost', () => {
  it('creates once and answers 201', async () => {
    endpoint.will(lost, conditionFailed(stored({ version: { N: '1' }, createRequest: { S: 'r-1' } })));
    const result = await create(proxyEvent({ body: '{"id":"a","n":7}' }), context());
    expect(result).toMatchObject({ statusCode: 201, headers: { ETag: '"1"', Location: '/v1/items/a' } });
    expect(result.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(JSON.parse(result.body)).toMatchObject({ id: 'a', createdAt: '2026-01-01T00:00:00.000Z', n: 7 });
  });

  it('updates a version once and answers with the item', async () => {
    endpoint.will(lost, conditionFailed(stored({ updateRequest: { S: 'r-1' } })));
    const result = await update(proxyEvent({ id: 'a', body: '{"n":7}', headers: { 'If-Match': '"3"' } }), context());
    expect(result).toMatchObject({ statusCode: 200, headers: { ETag: '"4"' } });
    const ConditionExpression = 'attribute_exists(id) AND version IN (:v0) AND updateRequest <> :request';
    expect(endpoint.received[0]?.input).toMatchObject({ ConditionExpression });
  });

  it('is not repeated where that could undo what another client did since', async () => {
    for (const headers of [undefined, { 'if-match': '*' }, { 'if-none-match': '"9"' }]) {
      endpoint.will(lost, { status: 200, body: { Attributes: stored() } });
      const result = await update(proxyEvent({ id: 'a', body: '{}', ...(headers && { headers }) }), context());
      expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
      expect(endpoint.received).toHaveLength(1);
    }
    for (const headers of [undefined, { 'if-match': '"1"' }]) {
      endpoint.will(lost, { status: 200, body: {} });
      const result = await remove(proxyEvent({ id: 'a', ...(headers && { headers }) }), context());
      expect(result).toMatchObject({ statusCode: 503 });
      expect(result.body).toContain('It is not known whether this happened');
      expect(endpoint.received).toHaveLength(1);
    }
  });
});

describe('another client’s work in between', () => {
  it('is not taken for ours', async () => {
    endpoint.will(lost, conditionFailed(stored({ createRequest: { S: 'r-2' } })));
    expect(await create(proxyEvent({ body: '{"id":"a"}' }), context())).toMatchObject({ statusCode: 409 });
    endpoint.will(lost, conditionFailed(stored({ updateRequest: { S: 'r-2' } })));
    const event = proxyEvent({ id: 'a', body: '{}', headers: { 'if-match': '"3"' } });
    expect(await update(event, context())).toMatchObject({ statusCode: 412 });
  });
});
