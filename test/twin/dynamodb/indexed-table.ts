import { table } from './client.ts';

/** A table with a sort key, a global index on `g` and `s` with keys only, and a local one on `s` that includes `extra`. */
export const indexedTable = (tableName: string) => ({
  ...table(tableName),
  input: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys('p', 'c'),
    AttributeDefinitions: ['p', 'c', 'g', 's'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      { IndexName: 'global', KeySchema: keys('g', 's'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'local',
        KeySchema: keys('p', 's'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['extra'] },
      },
    ],
  },
});

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
