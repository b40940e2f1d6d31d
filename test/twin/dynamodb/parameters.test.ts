import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, call, table } from './client.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(table('items'));
});
afterAll(() => dynamodb.stop());

const ask = (operation: string, input: object) => call(dynamodb.endpoint, operation, input);
const item = { TableName: 'items', Item: { id: { S: 'a' } } };
const key = { TableName: 'items', Key: { id: { S: 'a' } } };
const query = { TableName: 'items', KeyConditionExpression: 'id = :v', ExpressionAttributeValues: { ':v': { S: 'a' } } };
const scan = { TableName: 'items' };
const keys = (count: number) => Array.from({ length: count }, (_, index) => ({ id: { S: String(index) } }));

describe('parameters that do not go together', () => {
  it.each([
    ['Query', { ...query, Select: 'SPECIFIC_ATTRIBUTES' }, /^Must specify the AttributesToGet or ProjectionExpression/],
    [
      'Query',
      { ...query, Select: 'COUNT', ProjectionExpression: 'id' },
      /^Cannot specify the ProjectionExpression when choosing to get only the Count$/,
    ],
    [
      'Scan',
      { ...scan, Select: 'ALL_ATTRIBUTES', AttributesToGet: ['id'] },
      /^Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES$/,
    ],
    [
      'Query',
      { ...query, Select: 'ALL_PROJECTED_ATTRIBUTES' },
      /^ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName$/,
    ],
    ['Scan', { ...scan, Segment: 0 }, /^The TotalSegments parameter is required/],
    ['Scan', { ...scan, Segment: 0, TotalSegments: 1_000_001 }, /less than or equal to 1000000$/],
    [
      'PutItem',
      { ...item, ConditionalOperator: 'AND', Expected: {} },
      /^ConditionalOperator cannot be used without Filter or Expected$/,
    ],
    ['DeleteItem', { ...key, ReturnValues: 'ALL_NEW' }, /^ReturnValues can only be ALL_OLD or NONE$/],
  ])('%s %j', async (operation, input, message) => {
    const { output } = await ask(operation, input);
    expect(output.__type).toBe('com.amazon.coral.validate#ValidationException');
    expect(output.message).toMatch(message);
  });
});

describe('parameters that are too small, too large or unknown', () => {
  it.each([
    ['PutItem', { ...item, TableName: '' }, /^1 validation error detected: Value '' at 'tableName'/],
    [
      'PutItem',
      { ...item, TableName: 'ab' },
      /^1 validation error detected: Value 'ab' at 'tableName' .* length greater than or equal to 3$/,
    ],
    ['Query', { ...query, Limit: 0 }, /^1 validation error detected: Value at 'Limit' .* greater than or equal to 1$/],
    [
      'UpdateItem',
      { ...key, AttributeUpdates: { a: { Action: 'SET', Value: { S: '' } } } },
      /enum value set: \[ADD, PUT, DELETE\]$/,
    ],
    [
      'Query',
      { ...query, ExclusiveStartKey: { id: { S: 'a' } } },
      /^The provided exclusive start key is invalid: ExclusiveStartKey: {id=AttributeValue: {S:a}}$/,
    ],
    ['BatchGetItem', { RequestItems: {} }, /^The requestItems parameter is required for BatchGetItem$/],
    [
      'BatchGetItem',
      { RequestItems: { items: { Keys: keys(101) } } },
      /^1 validation error detected: Value at 'RequestItems.items.member.Keys'/,
    ],
    [
      'BatchWriteItem',
      { RequestItems: { items: keys(26).map((Key) => ({ DeleteRequest: { Key } })) } },
      /^1 validation error detected: Value '{items=\[WriteRequest.* less than or equal to 25,/,
    ],
    [
      'PutItem',
      { TableName: 'items', Item: { id: { S: '' } } },
      /^One or more parameter values are not valid\. .* empty string value\. Key: id$/,
    ],
    [
      'GetItem',
      { TableName: 'items', Key: { id: { S: '' } } },
      /^One or more parameter values are not valid\. .* empty string value\. Key: id$/,
    ],
    [
      'PutItem',
      { TableName: 'items', Item: { id: { S: 'a' }, ['n'.repeat(65_536)]: { S: '' } } },
      /^Attribute name is too large, must be less than 65536 bytes$/,
    ],
    [
      'PutItem',
      { ...item, Expected: { a: { ComparisonOperator: 'LT', AttributeValueList: [{ L: [] }] } } },
      /ComparisonOperator LT is not valid for L AttributeValue type$/,
    ],
  ])('%s %.80j', async (operation, input, message) => {
    const { output } = await ask(operation, input);
    expect(output.message).toMatch(message);
  });
});

describe('null in the place of a value', () => {
  it.each([
    ['PutItem', { TableName: 'items', Item: { id: { S: 'a' }, n: null } }],
    ['PutItem', { TableName: 'items', Item: { id: { S: 'a' }, n: { L: [null] } } }],
    ['PutItem', { TableName: 'items', Item: { id: { S: 'a' }, n: { SS: [null] } } }],
    ['UpdateItem', { ...key, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': null } }],
    ['BatchWriteItem', { RequestItems: { items: [null] } }],
    ['BatchWriteItem', { RequestItems: { items: null } }],
    ['BatchGetItem', { RequestItems: { items: { Keys: [null] } } }],
    ['BatchGetItem', { RequestItems: { items: null } }],
    ['Query', { ...query, KeyConditions: { id: null }, KeyConditionExpression: null }],
    ['PutItem', { ...item, Expected: { a: null } }],
  ])('%s %j is rejected, and the tables stay', async (operation, input) => {
    expect((await ask(operation, input)).status).toBeGreaterThanOrEqual(400);
    expect((await ask('PutItem', item)).status).toBe(200);
  });
});

describe('conditions of the time before expressions', () => {
  const stored = { id: { S: 'legacy' }, doc: { M: { a: { N: '1' } } }, tags: { SS: ['a', 'b'] }, n: { N: '5' } };
  beforeAll(() => ask('PutItem', { TableName: 'items', Item: stored }));

  it.each([
    [{ doc: { Value: { M: { a: { N: '1.0' } } } } }, 200],
    [{ tags: { ComparisonOperator: 'EQ', AttributeValueList: [{ SS: ['b', 'a'] }] } }, 200],
    [{ tags: { ComparisonOperator: 'CONTAINS', AttributeValueList: [{ S: 'b' }] } }, 200],
    [{ absent: { ComparisonOperator: 'NE', AttributeValueList: [{ S: 'b' }] } }, 200],
    [{ absent: { ComparisonOperator: 'NOT_CONTAINS', AttributeValueList: [{ S: 'b' }] } }, 400],
    [{ n: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ N: '1' }, { N: '10' }] }, doc: { Exists: false } }, 400],
  ])('%j is met: %i', async (Expected, status) => {
    const Key = { id: { S: 'legacy' } };
    const update = { TableName: 'items', Key, AttributeUpdates: { z: { Value: { S: 'z' } } }, Expected };
    expect((await ask('UpdateItem', update)).status).toBe(status);
  });
});

it('Scan starts behind a key of a table without a sort key', async () => {
  await ask('PutItem', { TableName: 'items', Item: { id: { S: 'page' } } });
  const all = (await ask('Scan', scan)).output.Items as readonly { readonly id: object }[];
  const seen: object[] = [];
  let start: unknown;
  do {
    const { output } = await ask('Scan', { ...scan, Limit: 1, ...(start !== undefined && { ExclusiveStartKey: start }) });
    seen.push(...((output.Items ?? []) as object[]));
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  expect(seen).toEqual(all);
});
