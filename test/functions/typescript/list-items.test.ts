import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEndpoint } from './endpoint.ts';
import { context, proxyEvent } from './event.ts';
import { stored } from './items.ts';

const endpoint = await startEndpoint();
const list = (await import('../../../src/functions/typescript/list-items.ts')).lambda_handler;
afterAll(endpoint.stop);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
});

const item = (id: string, text: string) => stored({ id: { S: id }, attributes: { M: { text: { S: text } } } });
const will = (items: object[], LastEvaluatedKey?: object) =>
  endpoint.will({ status: 200, body: { Items: items, ...(LastEvaluatedKey && { LastEvaluatedKey }) } });
const cursor = (id: string) => Buffer.from(id).toString('base64url');

describe('a page', () => {
  it('is one consistent Scan from where the last one ended', async () => {
    will([item('b', 'x')], { id: { S: 'b' } });
    const result = await list(proxyEvent({ query: { limit: ['7'], cursor: [cursor('a')] } }), context());
    expect(JSON.parse(result.body)).toMatchObject({ items: [{ id: 'b' }], nextCursor: cursor('b') });
    expect(endpoint.received).toHaveLength(1);
    expect(endpoint.received[0]?.input).toEqual({
      TableName: 'items',
      Limit: 7,
      ConsistentRead: true,
      ExclusiveStartKey: { id: { S: 'a' } },
    });
  });

  it('ends before it is too large for Lambda to answer with, and says where to go on', async () => {
    const large = '\u0001'.repeat(390_000);
    will([item('a', large), item('b', large), item('c', large)]);
    const result = await list(proxyEvent({}), context());
    // What goes to the Runtime API is this once more as JSON.
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(6_291_556);
    const { items, nextCursor } = JSON.parse(result.body);
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['a']);
    expect(nextCursor).toBe(cursor('a'));
  });

  it('ends after 50,000 values, without a second call, and says where to go on', async () => {
    const dense = (id: string) => stored({ id: { S: id }, attributes: { M: { a: { L: Array(30_000).fill({ S: '' }) } } } });
    for (const lastKey of [undefined, { id: { S: 'd' } }]) {
      will([dense('a'), dense('b'), dense('c'), dense('d')], lastKey);
      const { items, nextCursor } = JSON.parse((await list(proxyEvent({}), context())).body);
      expect(items.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
      expect(nextCursor).toBe(cursor('b'));
      expect(endpoint.received).toHaveLength(1);
    }
  });

  it('has no cursor when it is the last', async () => {
    will([item('a', 'x')]);
    expect(JSON.parse((await list(proxyEvent({}), context())).body)).toEqual({ items: [expect.any(Object)] });
    will([]);
    expect((await list(proxyEvent({}), context())).body).toBe('{"items":[]}');
  });
});
