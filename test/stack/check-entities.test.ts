import { describe, expect, it } from 'vitest';
import { type Entity, entities } from '../../src/contract/entities.ts';
import { checkEntities } from '../../src/stack/check-entities.ts';
import { indexWarnings } from '../../src/stack/index-warnings.ts';

/** The rows before those of the tests, whatever else the contract has. */
const first = entities.slice(0, 1);
const order: Entity = { name: 'Order', path: 'orders', description: 'Orders of customers.' };

describe('checkEntities', () => {
  it('accepts the entities of the contract, and others beside them', () => {
    checkEntities(entities);
    checkEntities([...first, order, { ...order, name: 'OrderLine', path: 'order-lines', indexes: ['orderId', 'sku_2'] }]);
  });

  it.each<[string, Partial<Entity>, RegExp]>([
    [
      'a name in lower case',
      { name: 'order' },
      /^src\/contract\/entities\.ts: entity order: the name must be one noun in PascalCase/,
    ],
    ['a path in upper case', { path: 'Orders' }, /entity Order: the path Orders must be lower-case words/],
    ['a path of two segments', { path: 'shop/orders' }, /the path shop\/orders must be/],
    ['an empty description', { description: '' }, /the description is empty: say in a sentence what it is/],
    ['the name of another entity', { name: 'Item' }, /the name Item is that of another entity/],
    ['the path of another entity', { path: 'items' }, /the path items is that of another entity/],
    [
      'a path in the singular',
      { path: 'order' },
      /the path order and a name give the same logical ids: choose a path in the plural/,
    ],
    ['a name that another path gives', { name: 'Items', path: 'lists' }, /give the same logical ids/],
    [
      'an index of a nested attribute',
      { indexes: ['customer.id'] },
      /the index customer\.id must be an attribute of at most 60 letters/,
    ],
    ['an index that stands twice', { indexes: ['a', 'a'] }, /the index a stands twice/],
    ['an index of the server', { indexes: ['updatedAt'] }, /the index updatedAt is an attribute of the server/],
    ['an index that every list has', { indexes: ['cursor'] }, /the index cursor is a query parameter of every list already/],
    [
      'too many indexes',
      { indexes: Array.from({ length: 21 }, (_, n) => `a${n}`) },
      /it has 21 indexes, and a table can have 20/,
    ],
    [
      'an index that the schema has as a number',
      { indexes: ['total'], schema: { type: 'object', properties: { total: { type: 'number' } } } },
      /the index total needs strings of 1 to 1,024 bytes, and the schema has others/,
    ],
    [
      'an index that may be null',
      { indexes: ['a'], schema: { type: 'object', properties: { a: { type: ['null', 'string'] } } } },
      /the index a needs strings/,
    ],
    [
      'an index with an empty value',
      { indexes: ['a'], schema: { type: 'object', properties: { a: { enum: ['', 'b'] } } } },
      /the index a needs strings/,
    ],
    [
      'an index among other attributes that are numbers',
      { indexes: ['a'], schema: { type: 'object', additionalProperties: { type: 'number' } } },
      /the index a needs strings/,
    ],
    ['the name of a schema', { name: 'Problem', path: 'problems' }, /a schema or model called Problem is there already/],
    [
      'a name that gives one',
      { name: 'ItemPage', path: 'item-pages' },
      /a schema or model called ItemPage is there already/,
    ],
    ['a path that API Gateway keeps', { path: 'ping' }, /and not ping or sping/],
    [
      'an index that the schema forbids',
      { indexes: ['total'], schema: { type: 'object', additionalProperties: false } },
      /the schema does not allow total, which is an index/,
    ],
  ])('rejects %s', (_name, change, message) => {
    expect(() => checkEntities([...first, { ...order, ...change }])).toThrow(message);
  });
});

describe('the first entity', () => {
  it.each<[string, readonly Entity[]]>([
    ['missing', []],
    ['another one', [order]],
    ['with a schema', [{ ...(entities[0] as Entity), schema: { type: 'object' } }]],
    ['with an index', [{ ...(entities[0] as Entity), indexes: ['a'] }]],
  ])('cannot be %s', (_name, rows) => {
    expect(() => checkEntities(rows)).toThrow('the first row must be Item, at items, without indexes and schema');
  });

  it('does not share logical ids with another one', () => {
    const rows = [
      { ...order, name: 'Line', path: 'lines2' },
      { ...order, name: 'Other', path: 'lines-2' },
    ];
    expect(() => checkEntities([...first, ...rows])).toThrow('the path lines-2 gives the logical ids of another entity');
  });
});

describe('a change of indexes', () => {
  const table = (...names: readonly string[]): string =>
    `Resources:\n  ItemsTable:\n    Properties:\n${names.map((name) => `        - IndexName: ${name}\n`).join('')}\n  Other:\n    IndexName: no\n`;
  const resources = { Resources: { ItemsTable: { Type: 'AWS::DynamoDB::Table', Properties: {} } } };

  it('is no matter for a new table, or without one', () => {
    expect(indexWarnings(undefined, resources)).toEqual([]);
    expect(indexWarnings('Resources:\n', resources)).toEqual([]);
    expect(indexWarnings(table(), resources)).toEqual([]);
  });

  it('is one an update for DynamoDB', () => {
    expect(indexWarnings(table('index_a'), resources)).toEqual([]);
    expect(indexWarnings(table('index_a', 'index_b'), resources)).toEqual([
      'DynamoDB changes one index an update, and ItemsTable changes index_a, index_b: deploy them one by one',
    ]);
  });
});
