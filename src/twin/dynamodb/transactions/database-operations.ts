import type { AttributeMap } from '../attribute-values.ts';
import type { DatabaseOperation, DynaliteDb } from '../dynalite-modules.ts';
import type { TransactItem } from './items.ts';

/**
 * Returns the database operations that write one item and its index entries, with dynalite's key prefixes of tables and indexes.
 */
export const databaseOperations = (
  db: DynaliteDb,
  { table, key }: TransactItem,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): DatabaseOperation[] => {
  const operations: DatabaseOperation[] = [];
  const { TableName: name, LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = table;
  for (const [kind, indexes] of [['local', local] as const, ['global', global] as const]) {
    const { puts, deletes } = db.getIndexActions(indexes, before, after, table);
    const keyIn = (index: string, indexKey: string): string => `index-${kind}~${name}~${index}~${indexKey}`;
    for (const one of deletes) operations.push({ type: 'del', key: keyIn(one.index, one.key) });
    for (const one of puts) operations.push({ type: 'put', key: keyIn(one.index, one.key), value: one.item });
  }
  const itemKey = `item-${name}~${key}`;
  if (after !== undefined) operations.push({ type: 'put', key: itemKey, value: after });
  else if (before !== undefined) operations.push({ type: 'del', key: itemKey });
  return operations;
};
