import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { exception, type Reply, startEndpoint } from './endpoint.ts';
import { context, proxyEvent } from './event.ts';
import { stored, writeId } from './items.ts';

const endpoint = await startEndpoint();
const create = (await import('../../../src/functions/typescript/create-item.ts')).lambda_handler;
const update = (await import('../../../src/functions/typescript/update-item.ts')).lambda_handler;
const remove = (await import('../../../src/functions/typescript/delete-item.ts')).lambda_handler;
afterAll(endpoint.stop);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

const conditionFailed = (item?: object) => exception('ConditionalCheckFailedException', item && { Item: item });
const lost: Reply = { status: 500, body: { __type: 'InternalServerError' } };
const match = { 'If-Match': `"${writeId(3)}"` };
const unknown = 'The write may or may not have been applied. Read the item before retrying.';

/** The write id of the UpdateItem that has arrived last. */
const sentWriteId = (): string => {
  const values = endpoint.received.at(-1)?.input.ExpressionAttributeValues as Record<string, { S: string }>;
  return String(values[':writeId']?.S);
};

describe('an update whose response got lost', () => {
  it('is repeated with If-Match, and is a success if the first attempt was applied', async () => {
    endpoint.will(lost, () => conditionFailed(stored({ version: { N: '4' }, writeId: { S: sentWriteId() } })));
    const result = await update(proxyEvent({ id: 'a', body: '{"n":7}', headers: match }), context());
    expect(endpoint.received[0]?.input).toEqual(endpoint.received[1]?.input);
    expect(result).toMatchObject({ statusCode: 200, headers: { ETag: `"${sentWriteId()}"` } });
    expect(JSON.parse(result.body)).toMatchObject({ version: 4 });
  });

  it('is a success if the second attempt was applied', async () => {
    endpoint.will(lost, () => ({ status: 200, body: { Attributes: stored({ writeId: { S: sentWriteId() } }) } }));
    const result = await update(proxyEvent({ id: 'a', body: '{}', headers: match }), context());
    expect(result).toMatchObject({ statusCode: 200, headers: { ETag: `"${sentWriteId()}"` } });
  });

  it('is unknown if another client has changed or deleted the item since', async () => {
    for (const item of [stored({ writeId: { S: writeId(9) } }), undefined]) {
      endpoint.will(lost, conditionFailed(item));
      const result = await update(proxyEvent({ id: 'a', body: '{}', headers: match }), context());
      expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
      expect(JSON.parse(result.body).detail).toBe(unknown);
      expect(endpoint.received).toHaveLength(2);
    }
  });

  it('is not repeated where that could undo what another client did since', async () => {
    for (const headers of [undefined, { 'if-match': '*' }, { 'if-none-match': `"${writeId(9)}"` }]) {
      endpoint.will(lost, { status: 200, body: { Attributes: stored() } });
      const result = await update(proxyEvent({ id: 'a', body: '{}', ...(headers && { headers }) }), context());
      expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
      expect(JSON.parse(result.body).detail).toBe(unknown);
      expect(endpoint.received).toHaveLength(1);
    }
  });

  it('is not taken for applied because the item has the request id, which clients can choose', async () => {
    endpoint.will(conditionFailed(stored({ updateRequest: { S: 'r-1' }, createRequest: { S: 'r-1' } })));
    const headers = { 'If-Match': `"${writeId(2)}"` };
    const event = proxyEvent({ id: 'a', body: '{}', requestId: 'r-1', headers });
    expect(await update(event, context())).toMatchObject({ statusCode: 412 });
  });
});

describe('a delete whose response got lost', () => {
  it('is repeated with If-Match', async () => {
    endpoint.will(lost, { status: 200, body: {} });
    expect(await remove(proxyEvent({ id: 'a', headers: match }), context())).toMatchObject({ statusCode: 204 });
    expect(endpoint.received).toHaveLength(2);
  });

  it('is unknown if there is no item with the tag any more', async () => {
    for (const item of [stored({ writeId: { S: writeId(9) } }), undefined]) {
      endpoint.will(lost, conditionFailed(item));
      const result = await remove(proxyEvent({ id: 'a', headers: match }), context());
      expect(result.statusCode).toBe(503);
      expect(JSON.parse(result.body).detail).toBe(unknown);
    }
  });

  it('is not repeated without a tag', async () => {
    for (const headers of [undefined, { 'if-match': '*' }]) {
      endpoint.will(lost, { status: 200, body: {} });
      const result = await remove(proxyEvent({ id: 'a', ...(headers && { headers }) }), context());
      expect(JSON.parse(result.body)).toMatchObject({ status: 503, detail: unknown });
      expect(endpoint.received).toHaveLength(1);
    }
  });
});

describe('a create whose response got lost', () => {
  it('is not repeated: the item could have been deleted since, or never have been there', async () => {
    for (const headers of [undefined, { 'idempotency-key': 'k' }]) {
      endpoint.will(lost, { status: 200, body: {} });
      const result = await create(proxyEvent({ body: '{}', ...(headers && { headers }) }), context());
      expect(JSON.parse(result.body)).toMatchObject({ status: 503, detail: unknown });
      expect(endpoint.received).toHaveLength(1);
    }
  });

  it('is repeated after throttling', async () => {
    endpoint.will(exception('ThrottlingException'), { status: 200, body: {} });
    expect(await create(proxyEvent({ body: '{}' }), context())).toMatchObject({ statusCode: 201 });
    expect(endpoint.received).toHaveLength(2);
  });
});
