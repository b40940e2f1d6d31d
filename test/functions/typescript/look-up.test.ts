import { afterEach, describe, expect, it, vi } from 'vitest';
import { proxyEvent } from './event.ts';

vi.mock('../../../src/functions/typescript/entity.ts', () => ({
  collection: '/orders',
  queryParameters: {},
  indexes: ['customerId', 'status'],
  checkAttributes: () => {},
}));
const { cursorOf, idOf, indexKeys, lookUpOf, startKey } = await import('../../../src/functions/typescript/look-up.ts');

afterEach(() => vi.restoreAllMocks());

/** The look-up of a query. */
const asked = (query: Record<string, string>) =>
  lookUpOf({
    event: proxyEvent({ query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])) }),
    requestId: 'r-1',
    deadline: 0,
    headers: {},
  });

describe('the keys of an item', () => {
  it('are the indexed attributes that it has', () => {
    expect(indexKeys({ customerId: { S: 'c1' }, other: { N: '1' } })).toEqual({ index_customerId: { S: 'c1' } });
    expect(indexKeys({})).toEqual({});
  });

  it.each([
    ['is empty', { S: '' }],
    ['is too long', { S: 'ü'.repeat(513) }],
    ['is no string', { N: '1' }],
    ['is null', { NULL: true as const }],
  ])('cannot be one that %s', (_name, customerId) => {
    expect(() => indexKeys({ customerId })).toThrow(
      'customerId must be a string of 1 to 1,024 bytes: lists can be looked up by it.',
    );
  });

  it('can have 1,024 bytes', () => {
    const customerId = { S: 'ü'.repeat(512) };
    expect(indexKeys({ customerId })).toEqual({ index_customerId: customerId });
  });
});

describe('a look-up', () => {
  it('is by one attribute', () => {
    expect(asked({})).toBeUndefined();
    expect(asked({ limit: '1', customerId: 'c1' })).toEqual({ attribute: 'customerId', value: 'c1' });
    expect(() => asked({ customerId: 'c1', status: 'open' })).toThrow('by customerId or status, not by both');
    expect(() => asked({ customerId: '' })).toThrow('customerId must be a string of 1 to 1,024 bytes.');
  });

  it('goes on after an item, by a cursor that serves no other list', () => {
    const one = { attribute: 'customerId', value: 'a "quoted" ü' };
    const cursor = cursorOf('lamp', one);
    expect(idOf(cursor, one)).toBe('lamp');
    expect(startKey('lamp', one)).toEqual({ id: { S: 'lamp' }, index_customerId: { S: 'a "quoted" ü' } });
    for (const other of [{ ...one, value: 'b' }, { ...one, attribute: 'status' }, undefined]) {
      expect(() => idOf(cursor, other)).toThrow('cursor must be the nextCursor of an earlier page of the same list');
    }
    expect(() => idOf(cursorOf('lamp', undefined), one)).toThrow('of the same list');
    expect(idOf(cursorOf('lamp', undefined), undefined)).toBe('lamp');
    expect(startKey('lamp', undefined)).toEqual({ id: { S: 'lamp' } });
  });
});
