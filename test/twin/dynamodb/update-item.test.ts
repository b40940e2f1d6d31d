import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, call, table } from './client.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(table('items'));
});
afterAll(() => dynamodb.stop());

const put = (item: object) => call(dynamodb.endpoint, 'PutItem', { TableName: 'items', Item: { id: { S: 'a' }, ...item } });
const update = async (id: string, input: object) =>
  (await call(dynamodb.endpoint, 'UpdateItem', { TableName: 'items', Key: { id: { S: id } }, ...input })).output;
const get = async (id: string) =>
  (await call(dynamodb.endpoint, 'GetItem', { TableName: 'items', Key: { id: { S: id } } })).output.Item;

describe('UpdateItem on an item that does not exist', () => {
  it.each([
    ['REMOVE of an attribute', { UpdateExpression: 'REMOVE a' }],
    ['REMOVE of a member', { UpdateExpression: 'REMOVE a.b' }],
    ['DELETE from a set', { UpdateExpression: 'DELETE a :v', ExpressionAttributeValues: { ':v': { SS: ['x'] } } }],
    ['a DELETE of AttributeUpdates', { AttributeUpdates: { a: { Action: 'DELETE' } } }],
  ])('with %s creates none', async (_name, input) => {
    expect(await update('none', { ...input, ReturnValues: 'ALL_NEW' })).toEqual({});
    expect(await get('none')).toBeUndefined();
  });

  it('without an action creates the key', async () => {
    expect(await update('key', { ReturnValues: 'ALL_NEW' })).toEqual({ Attributes: { id: { S: 'key' } } });
    expect(await get('key')).toEqual({ id: { S: 'key' } });
  });
});

describe('UpdateItem', () => {
  it('counts indexes of a list as they were before the update', async () => {
    await put({ lst: { L: ['0', '1', '2', '3'].map((S) => ({ S })) } });
    const value = { ':v': { S: 'new' } };
    await update('a', {
      UpdateExpression: 'REMOVE lst[0], lst[2] SET lst[9] = :v, lst[3] = :v',
      ExpressionAttributeValues: value,
    });
    expect(await get('a')).toEqual({ id: { S: 'a' }, lst: { L: [{ S: '1' }, { S: 'new' }, { S: 'new' }] } });
  });

  it('returns no attributes where none of those that it names exists', async () => {
    await put({});
    const set = { UpdateExpression: 'SET b = :v', ExpressionAttributeValues: { ':v': { N: '1' } } };
    expect(await update('a', { ...set, ReturnValues: 'UPDATED_OLD' })).toEqual({});
    expect(await update('a', { UpdateExpression: 'REMOVE b', ReturnValues: 'UPDATED_NEW' })).toEqual({});
  });

  it.each([
    ['9e125', '9e125'],
    ['1e50', '1'],
  ])('rejects the sum of %s and %s, which DynamoDB cannot store', async (a, b) => {
    const { message } = await update('a', {
      UpdateExpression: 'SET n = :a + :b',
      ExpressionAttributeValues: { ':a': { N: a }, ':b': { N: b } },
    });
    expect(message).toBe('Number overflow. Attempting to store a number with magnitude larger than supported range');
  });

  it('accepts a number with a plus sign', async () => {
    await put({ n: { N: '+3' } });
    expect(await get('a')).toEqual({ id: { S: 'a' }, n: { N: '3' } });
  });
});
