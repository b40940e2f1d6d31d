import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, call } from './client.ts';
import { indexedTable } from './indexed-table.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(indexedTable('indexed'));
});
afterAll(() => dynamodb.stop());

const ask = async (operation: string, input: object) =>
  (await call(dynamodb.endpoint, operation, { TableName: 'indexed', ...input })).output;
const key = { p: { S: 'p' }, c: { S: 'c' } };
const item = { ...key, g: { S: 'g' }, s: { S: 's' }, extra: { S: 'e' }, plain: { S: 'o' } };
const query = (index: 'global' | 'local', more: object) =>
  ask('Query', {
    IndexName: index,
    KeyConditionExpression: index === 'global' ? 'g = :v' : 'p = :v',
    ExpressionAttributeValues: { ':v': { S: index === 'global' ? 'g' : 'p' } },
    ...more,
  });

describe('the keys of indexes', () => {
  const emptyKey = 'The AttributeValue for a key attribute cannot contain an empty string value';
  const lead = 'One or more parameter values are not valid. A value specified for a secondary index key is not supported.';

  it.each([
    ['an empty hash key', { g: { S: '' } }, `${lead} ${emptyKey}. IndexName: global, IndexKey: g`],
    ['an empty sort key', { s: { S: '' } }, `${lead} ${emptyKey}. IndexName: global, IndexKey: s`],
    ['a hash key of 2,049 bytes', { g: { S: 'é'.repeat(1025) } }, /the maximum size limit of2048 bytes$/],
    ['a sort key of 1,025 bytes', { s: { S: 'x'.repeat(1025) } }, /the size limit of 1024 bytes$/],
    ['another type', { g: { N: '1' } }, /Type mismatch for Index Key g Expected: S Actual: N IndexName: global$/],
  ])('are not %s', async (_name, attributes, message) => {
    const { message: put } = await ask('PutItem', { Item: { ...key, ...attributes } });
    expect(put).toEqual(expect.stringMatching(message));
    const requests = [{ PutRequest: { Item: { ...key, ...attributes } } }];
    const batch = await call(dynamodb.endpoint, 'BatchWriteItem', { RequestItems: { indexed: requests } });
    expect(batch.output.message).toBe(put);
  });

  it('are not made empty, or of another type, by an update', async () => {
    await ask('PutItem', { Item: { ...item, count: { N: '1' } } });
    const set = (value: object) => ({ UpdateExpression: 'SET g = :v', ExpressionAttributeValues: { ':v': value } });
    const { message } = await ask('UpdateItem', { Key: key, ...set({ S: '' }) });
    expect(message).toContain(`attempted to update a secondary index key to a value that is not supported. ${emptyKey}.`);
    const copied = await ask('UpdateItem', {
      Key: key,
      UpdateExpression: 'SET g = #n',
      ExpressionAttributeNames: { '#n': 'count' },
    });
    expect(copied.message).toBe('The update expression attempted to update the secondary index key to unsupported type');
  });

  it('are not empty in the conditions of a query', async () => {
    const { message } = await query('global', { ExpressionAttributeValues: { ':v': { S: '' } } });
    expect(message).toBe(`One or more parameter values are not valid. ${emptyKey}. Key: g`);
  });
});

describe('attributes that an index has not', () => {
  beforeAll(() => ask('PutItem', { Item: item }));

  it('are read from the table by a local index, and rejected by a global one', async () => {
    expect(await query('local', { ProjectionExpression: 'plain' })).toMatchObject({ Items: [{ plain: { S: 'o' } }] });
    const { message } = await query('global', { ProjectionExpression: 'plain' });
    expect(message).toBe(
      'One or more parameter values were invalid: Global secondary index global does not project [plain]',
    );
  });

  it.each(['global', 'local'] as const)('are rejected in a filter of the %s index', async (index) => {
    const { message } = await query(index, { FilterExpression: 'plain = :v' });
    expect(message).toBe(
      `One or more parameter values were invalid: Secondary index ${index} does not project one or more filter attributes: [plain]`,
    );
  });

  it('are not read consistently from a global index by a scan', async () => {
    const { message } = await ask('Scan', { IndexName: 'global', ConsistentRead: true });
    expect(message).toBe('Consistent reads are not supported on global secondary indexes');
  });
});

describe('what a write tells of its table', () => {
  beforeAll(() => ask('DeleteItem', { Key: key }));

  it.each([
    ['PutItem', { Item: item }, { local: 1, global: 1, total: 3 }],
    ['PutItem', { Item: { ...item, plain: { S: 'new' } } }, { total: 1 }],
    ['UpdateItem', { Key: key, UpdateExpression: 'SET s = c' }, { local: 2, global: 2, total: 5 }],
    ['UpdateItem', { Key: key, UpdateExpression: 'SET extra = c' }, { local: 1, total: 2 }],
    ['DeleteItem', { Key: key }, { local: 1, global: 1, total: 3 }],
  ])('%s %j', async (operation, input, units: { local?: number; global?: number; total: number }) => {
    const output = await ask(operation, {
      ...input,
      ReturnConsumedCapacity: 'INDEXES',
      ReturnItemCollectionMetrics: 'SIZE',
    });
    expect(output).toEqual({
      ConsumedCapacity: {
        TableName: 'indexed',
        CapacityUnits: units.total,
        Table: { CapacityUnits: 1 },
        ...(units.local && { LocalSecondaryIndexes: { local: { CapacityUnits: units.local } } }),
        ...(units.global && { GlobalSecondaryIndexes: { global: { CapacityUnits: units.global } } }),
      },
      ItemCollectionMetrics: { ItemCollectionKey: { p: { S: 'p' } }, SizeEstimateRangeGB: [0, 1] },
    });
  });
});

it('BatchWriteItem tells the sum of capacities, and each item collection', async () => {
  const requests = ['1', '2'].map((c) => ({ PutRequest: { Item: { p: { S: 'batch' }, c: { S: c }, s: { S: 's' } } } }));
  const { output } = await call(dynamodb.endpoint, 'BatchWriteItem', {
    RequestItems: { indexed: requests },
    ReturnConsumedCapacity: 'INDEXES',
    ReturnItemCollectionMetrics: 'SIZE',
  });
  const metrics = { ItemCollectionKey: { p: { S: 'batch' } }, SizeEstimateRangeGB: [0, 1] };
  expect(output).toEqual({
    UnprocessedItems: {},
    ConsumedCapacity: [
      {
        TableName: 'indexed',
        CapacityUnits: 4,
        Table: { CapacityUnits: 2 },
        LocalSecondaryIndexes: { local: { CapacityUnits: 2 } },
      },
    ],
    ItemCollectionMetrics: { indexed: [metrics, metrics] },
  });
});
