import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, call, table } from './client.ts';
import { indexedTable } from './indexed-table.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(table('items'));
  await dynamodb.createTable(indexedTable('indexed'));
});
afterAll(() => dynamodb.stop());

const ask = (operation: string, input: object) => call(dynamodb.endpoint, operation, input);
const write = (TransactItems: unknown, more: object = {}) => ask('TransactWriteItems', { TransactItems, ...more });
const on = (id: string) => ({ TableName: 'items', Key: { id: { S: id } } });
const put = (id: string, attributes: object = {}, more: object = {}) => ({
  Put: { TableName: 'items', Item: { id: { S: id }, ...attributes }, ...more },
});
const get = async (id: string) => (await ask('GetItem', on(id))).output.Item;
const add = (id: string, more: object = {}) => ({
  Update: { ...on(id), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } }, ...more },
});

describe('TransactWriteItems', () => {
  it('does all of its writes, in several tables', async () => {
    await ask('PutItem', put('old').Put);
    const key = { p: { S: 'p' }, c: { S: 'c' } };
    const { status } = await write([
      put('new', { s: { S: 'x' } }),
      add('counter'),
      { Delete: on('old') },
      { ConditionCheck: { ...on('absent'), ConditionExpression: 'attribute_not_exists(id)' } },
      { Put: { TableName: 'indexed', Item: { ...key, s: { S: 's' } } } },
    ]);
    expect(status).toBe(200);
    expect([await get('new'), await get('counter'), await get('old'), await get('absent')]).toEqual([
      { id: { S: 'new' }, s: { S: 'x' } },
      { id: { S: 'counter' }, n: { N: '1' } },
      undefined,
      undefined,
    ]);
    const index = { TableName: 'indexed', IndexName: 'local', KeyConditionExpression: 'p = :p' };
    const { output } = await ask('Query', { ...index, ExpressionAttributeValues: { ':p': { S: 'p' } } });
    expect(output.Count).toBe(1);
  });

  it('does none of them if a condition fails, and tells which', async () => {
    await ask('PutItem', put('there', { n: { N: '1' } }).Put);
    const { status, output } = await write([
      put('not-written'),
      put('there', {}, { ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    ]);
    expect(status).toBe(400);
    expect(output).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { id: { S: 'there' }, n: { N: '1' } },
        },
      ],
    });
    expect(await get('not-written')).toBeUndefined();
  });

  it('is canceled by the first item that does not fit its table', async () => {
    const wrong = { Put: { TableName: 'items', Item: { id: { N: '1' } } } };
    const { output } = await write([wrong, wrong]);
    expect(output.CancellationReasons).toEqual([
      { Code: 'ValidationError', Message: expect.stringContaining('Type mismatch for key id') },
      { Code: 'None' },
    ]);
  });

  it('happens once for a token', async () => {
    const token = { ClientRequestToken: 'once' };
    expect((await write([add('once')], token)).status).toBe(200);
    expect((await write([add('once')], token)).status).toBe(200);
    expect(await get('once')).toEqual({ id: { S: 'once' }, n: { N: '1' } });
    const { output } = await write([add('twice')], token);
    expect(output.__type).toMatch(/#IdempotentParameterMismatchException$/);
  });

  it('of many at once on the same items loses no update', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const items = [add('left'), add('right')];
        return (await write(index % 2 === 0 ? items : items.reverse())).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect([await get('left'), await get('right')]).toMatchObject([{ n: { N: '20' } }, { n: { N: '20' } }]);
  });

  it.each([
    ['no items', [], /at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1$/],
    [
      '101 items',
      Array.from({ length: 101 }, (_, index) => put(String(index))),
      /Member must have length less than or equal to 100$/,
    ],
    [
      'one item twice',
      [put('a'), { Delete: on('a') }],
      /^Transaction request cannot include multiple operations on one item$/,
    ],
    ['an empty item', [{}], /^TransactItems can only contain one of Check, Put, Update or Delete$/],
    [
      'a check without a condition',
      [{ ConditionCheck: on('a') }],
      /conditionExpression' failed to satisfy constraint: Member must not be null$/,
    ],
    [
      'a wrong expression',
      [add('a', { UpdateExpression: 'ADD' })],
      /^Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "ADD"$/,
    ],
    [
      '5 MB',
      Array.from({ length: 14 }, (_, index) => put(`large${index}`, { s: { S: 'x'.repeat(375_000) } })),
      /size cannot exceed 4MB$/,
    ],
  ])('is rejected with %s', async (_name, items, message) => {
    const { output } = await write(items);
    expect(output.__type).toBe('com.amazon.coral.validate#ValidationException');
    expect(output.message).toMatch(message);
  });

  it('tells its capacity and item collections', async () => {
    const Item = { p: { S: 'metrics' }, c: { S: 'c' }, s: { S: 's' } };
    const { output } = await write([{ Put: { TableName: 'indexed', Item } }], {
      ReturnConsumedCapacity: 'TOTAL',
      ReturnItemCollectionMetrics: 'SIZE',
    });
    expect(output).toEqual({
      ConsumedCapacity: [{ TableName: 'indexed', CapacityUnits: 4, WriteCapacityUnits: 4 }],
      ItemCollectionMetrics: {
        indexed: [{ ItemCollectionKey: { p: { S: 'metrics' } }, SizeEstimateRangeGB: [0, 1] }],
      },
    });
  });
});

it('a transaction keeps the entries of indexes', async () => {
  const item = { p: { S: 'entries' }, c: { S: 'c' }, g: { S: 'g' }, s: { S: 's' } };
  const count = async () => {
    const query = { TableName: 'indexed', IndexName: 'global', KeyConditionExpression: 'g = :g' };
    return (await ask('Query', { ...query, ExpressionAttributeValues: { ':g': { S: 'g' } } })).output.Count;
  };
  await write([{ Put: { TableName: 'indexed', Item: item } }]);
  expect(await count()).toBe(1);
  await write([{ Delete: { TableName: 'indexed', Key: { p: item.p, c: item.c } } }]);
  expect(await count()).toBe(0);
});

describe('TransactGetItems', () => {
  it('returns items and what is projected of them, in the order of the request', async () => {
    await ask('PutItem', put('read', { doc: { M: { a: { S: 'a' }, b: { S: 'b' } } } }).Put);
    const { output } = await ask('TransactGetItems', {
      TransactItems: [{ Get: on('nothing') }, { Get: { ...on('read'), ProjectionExpression: 'doc.a' } }],
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(output).toEqual({
      Responses: [{}, { Item: { doc: { M: { a: { S: 'a' } } } } }],
      ConsumedCapacity: [{ TableName: 'items', CapacityUnits: 4, ReadCapacityUnits: 4 }],
    });
  });

  it('is rejected for a table that does not exist, and canceled by a key that does not fit', async () => {
    const missing = await ask('TransactGetItems', { TransactItems: [{ Get: { ...on('a'), TableName: 'missing' } }] });
    expect(missing.output.__type).toMatch(/#ResourceNotFoundException$/);
    const { output } = await ask('TransactGetItems', { TransactItems: [{ Get: { TableName: 'items', Key: {} } }] });
    expect(output.CancellationReasons).toMatchObject([{ Code: 'ValidationError' }]);
  });
});
