import { describe, expect, it } from 'vitest';
import { chooseTable, tableLine } from '../../src/tables/tables.ts';

const names = ['items-dev', 'shop-Orders-1A2B', 'shop-OldOrders-3C4D', 'Items'];

describe('the table that is meant', () => {
  it.each([
    ['items-dev', 'items-dev'],
    ['items', 'Items'],
    ['OldOrders', 'shop-OldOrders-3C4D'],
    ['dev', 'items-dev'],
    ['1a2b', 'shop-Orders-1A2B'],
  ])('%s is %s', (asked, name) => {
    expect(chooseTable(asked, names)).toBe(name);
  });

  it.each([
    ['Orders', names, 'Orders matches several tables: shop-Orders-1A2B, shop-OldOrders-3C4D; name one of them'],
    ['itms-dev', names, 'there is no table "itms-dev"; there are items-dev, Items, shop-Orders-1A2B, shop-OldOrders-3C4D'],
    ['', names.slice(0, 1), 'there is no table ""; there are items-dev'],
    ['x', [], 'there is no table "x"; there are none'],
  ])('%s is none of %j', (asked, known, message) => {
    expect(() => chooseTable(asked, known)).toThrow(expect.objectContaining({ name: 'LocalError', message }));
  });
});

it('lists a table with its keys and the number of its items', () => {
  const table = { name: 'a', partitionKey: { name: 'id', type: 'S' } } as const;
  expect(tableLine(table, 1, 3)).toBe('a    id (S)  1 item');
  expect(tableLine({ ...table, sortKey: { name: 'at', type: 'N' } }, 0, 1)).toBe('a  id (S), at (N)  0 items');
});
