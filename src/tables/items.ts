import type { AttributeMap } from '../twin/dynamodb/attribute-values.ts';
import type { Database } from './database.ts';
import type { Table } from './tables.ts';

/** Yields the items of a table, page by page; with `id`, those whose partition key has this value. */
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

/** Counts the current items of a table. DescribeTable returns a count that may be hours old. */
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
