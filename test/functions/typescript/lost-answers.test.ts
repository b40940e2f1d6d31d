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

describe('an attempt that DynamoDB carried out although its answer got lost', () => {
  it('creates once and answers 201', async () => {
    endpoint.will('disconnect', conditionFailed(stored({ version: { N: '1' }, createRequest: { S: 'r-1' } })));
    const result = await create(proxyEvent({ body: '{"id":"a","n":7}' }), context());
    expect(result).toMatchObject({ statusCode: 201, headers: { ETag: '"1"', Location: '/v1/items/a' } });
    expect(result.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(JSON.parse(result.body)).toMatchObject({ id: 'a', createdAt: '2026-01-01T00:00:00.000Z', n: 7 });
  });

  it('updates once and answers with the item', async () => {
    endpoint.will('disconnect', conditionFailed(stored({ updateRequest: { S: 'r-1' } })));
    const result = await update(proxyEvent({ id: 'a', body: '{"n":7}', headers: { 'If-Match': '"3"' } }), context());
    expect(result).toMatchObject({ statusCode: 200, headers: { ETag: '"4"' } });
    expect(endpoint.received[0]?.input).toEqual(
      expect.objectContaining({
        ConditionExpression: 'attribute_exists(id) AND version IN (:v0) AND updateRequest <> :request',
      }),
    );
  });

  it('deletes and answers 204', async () => {
    endpoint.will('disconnect', conditionFailed());
    expect(await remove(proxyEvent({ id: 'a' }), context())).toMatchObject({ statusCode: 204, body: '' });
  });
});

describe('another client’s work in between', () => {
  it('is not taken for ours', async () => {
    endpoint.will('disconnect', conditionFailed(stored({ createRequest: { S: 'r-2' } })));
    expect(await create(proxyEvent({ body: '{"id":"a"}' }), context())).toMatchObject({ statusCode: 409 });
    endpoint.will('disconnect', conditionFailed(stored({ updateRequest: { S: 'r-2' } })));
    const event = proxyEvent({ id: 'a', body: '{}', headers: { 'if-match': '"3"' } });
    expect(await update(event, context())).toMatchObject({ statusCode: 412 });
    endpoint.will('disconnect', conditionFailed(stored()));
    expect(await remove(proxyEvent({ id: 'a', headers: { 'if-match': '"3"' } }), context())).toMatchObject({
      statusCode: 412,
    });
  });
});
