import type { AttributeMap } from '../twin/dynamodb/attribute-values.ts';
import type { Database } from './database.ts';
import type { Table } from './tables.ts';

/** The items of a table, page by page; with `id` those that have this value of the partition key. */
export async function* readItems(database: Database, table: Table, id?: string): AsyncGenerator<AttributeMap> {
  const { name, type } = table.partitionKey;
  const key = id !== undefined && {
    KeyConditionExpression: '#key = :id',
    ExpressionAttributeNames: { '#key': name },
    ExpressionAttributeValues: { ':id': { [type]: id } },
  };
  for await (const page of pages(database, key ? 'Query' : 'Scan', { TableName: table.name, ...key }))
    yield* page.Items as AttributeMap[];
}

/** Counts the items that a table has now. DescribeTable returns the count of some hours ago. */
export const countItems = async (database: Database, { name }: Table, signal?: AbortSignal): Promise<number> => {
  let count = 0;
  for await (const page of pages(database, 'Scan', { TableName: name, Select: 'COUNT' })) {
    signal?.throwIfAborted();
    count += Number(page.Count);
  }
  return count;
};

async function* pages({ call }: Database, operation: string, input: object): AsyncGenerator<Record<string, unknown>> {
  for (let start: unknown; ; ) {
    const page = await call(operation, start === undefined ? input : { ...input, ExclusiveStartKey: start });
    yield page;
    start = page.LastEvaluatedKey;
    if (start === undefined) return;
  }
}
