import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, table } from './client.ts';
import { indexedTable } from './indexed-table.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
});
afterAll(() => dynamodb.stop());

const { input: plain } = table('new');
const { input: indexed } = indexedTable('new');
const long = 'n'.repeat(256);
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const withProjection = (Projection: object) => ({
  ...indexed,
  LocalSecondaryIndexes: indexed.LocalSecondaryIndexes.map((index) => ({ ...index, Projection })),
});

it.each([
  ['a name of 2 characters', plain, /Value 'ab' at 'tableName' .* length greater than or equal to 3$/, 'ab'],
  [
    'three keys',
    { ...plain, KeySchema: ['a', 'b', 'c'].map(hash) },
    /Value '\[KeySchemaElement\(attributeName=a, keyType=HASH\),.* less than or equal to 2$/,
  ],
  [
    'a key with a name of 256 characters',
    { ...plain, KeySchema: [hash(long)], AttributeDefinitions: [{ AttributeName: long, AttributeType: 'S' }] },
    /Member must have length less than or equal to 255/,
  ],
  [
    'an attribute of two types',
    { ...indexed, AttributeDefinitions: [...indexed.AttributeDefinitions, { AttributeName: 'p', AttributeType: 'N' }] },
    /Duplicate attribute in AttributeDefinitions: p$/,
  ],
  [
    'a projection without its attributes',
    withProjection({ ProjectionType: 'INCLUDE' }),
    /ProjectionType is INCLUDE, but NonKeyAttributes is not specified$/,
  ],
  [
    'an attribute projected twice',
    withProjection({ ProjectionType: 'INCLUDE', NonKeyAttributes: ['x', 'x'] }),
    /Duplicate attribute in NonKeyAttributes: x$/,
  ],
])('a table is not created with %s', async (_name, input, message, tableName = 'new') => {
  await expect(dynamodb.createTable({ ...table(tableName), input })).rejects.toMatchObject({
    code: 'RESOURCE_FAILED',
    message: expect.stringMatching(message),
  });
});
