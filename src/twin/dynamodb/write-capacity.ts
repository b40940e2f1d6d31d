import type { AttributeMap } from './attribute-values.ts';
import { equalValues } from './compare-values.ts';
import type { Index, Table } from './dynalite-modules.ts';
import { itemSize } from './item-size.ts';

/** The capacity that a write consumes, in the form of responses. */
export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: Units;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, Units>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>>;
}

interface Units {
  readonly CapacityUnits: number;
}

/**
 * Returns the write units of a table and its indexes, one for each KB or part of a KB. Undefined unless `TOTAL` or `INDEXES` is
 * requested. An index consumes units for an entry that is added, removed or changed, and for both entries if its key changes.
 * (Developer Guide, "Write capacity unit consumption" of secondary indexes.)
 */
export const writeCapacity = (
  asked: unknown,
  table: Table,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): ConsumedCapacity | undefined => {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const ofTable = Math.max(units(before), units(after));
  const local = ofIndexes(table.LocalSecondaryIndexes, table, before, after);
  const global = ofIndexes(table.GlobalSecondaryIndexes, table, before, after);
  const total = [...Object.values(local), ...Object.values(global)].reduce(
    (sum, { CapacityUnits }) => sum + CapacityUnits,
    ofTable,
  );
  const name = { TableName: table.TableName, CapacityUnits: total };
  if (asked === 'TOTAL') return name;
  return {
    ...name,
    Table: { CapacityUnits: ofTable },
    ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: local }),
    ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: global }),
  };
};

const ofIndexes = (
  indexes: readonly Index[] | undefined,
  table: Table,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): Record<string, Units> => {
  const entries = (indexes ?? []).map((index): [string, Units] => {
    const [removed, added] = [entryOf(index, table, before), entryOf(index, table, after)];
    return [index.IndexName, { CapacityUnits: ofEntries(index, removed, added) }];
  });
  return Object.fromEntries(entries.filter(([, { CapacityUnits }]) => CapacityUnits > 0));
};

const ofEntries = (index: Index, removed: AttributeMap | undefined, added: AttributeMap | undefined): number => {
  if (removed === undefined || added === undefined) return removed || added ? units(removed ?? added) : 0;
  const hasNewKey = index.KeySchema.some(({ AttributeName: name }) => !isSame(removed, added, name));
  if (hasNewKey) return units(removed) + units(added);
  const names = new Set([...Object.keys(removed), ...Object.keys(added)]);
  return [...names].every((name) => isSame(removed, added, name)) ? 0 : Math.max(units(removed), units(added));
};

/** Returns the attributes of an item that an index stores. Undefined if the item lacks a key of the index. */
const entryOf = (index: Index, { KeySchema }: Table, item: AttributeMap | undefined): AttributeMap | undefined => {
  if (item === undefined || index.KeySchema.some(({ AttributeName: name }) => item[name] === undefined)) return undefined;
  if (index.Projection.ProjectionType === 'ALL') return item;
  const keys = [...KeySchema, ...index.KeySchema].map(({ AttributeName }) => AttributeName);
  const kept = new Set([...keys, ...(index.Projection.NonKeyAttributes ?? [])]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
};

const isSame = (one: AttributeMap, other: AttributeMap, name: string): boolean => {
  const [value, otherValue] = [one[name], other[name]];
  return value === undefined || otherValue === undefined ? value === otherValue : equalValues(value, otherValue);
};

/** Returns at least 1, also for an item that does not exist. */
const units = (item: AttributeMap | undefined): number =>
  item === undefined ? 1 : Math.max(1, Math.ceil(itemSize(item) / 1024));

/** Returns the sum of capacities for each table. */
export const addCapacities = (capacities: readonly ConsumedCapacity[]): readonly ConsumedCapacity[] => {
  const sums = new Map<string, ConsumedCapacity>();
  for (const one of capacities) {
    const sum = sums.get(one.TableName);
    sums.set(one.TableName, sum === undefined ? one : added(sum, one));
  }
  return [...sums.values()];
};

const added = (one: ConsumedCapacity, other: ConsumedCapacity): ConsumedCapacity => ({
  TableName: one.TableName,
  CapacityUnits: one.CapacityUnits + other.CapacityUnits,
  ...(one.Table && other.Table && { Table: { CapacityUnits: one.Table.CapacityUnits + other.Table.CapacityUnits } }),
  ...addedIndexes('LocalSecondaryIndexes', one, other),
  ...addedIndexes('GlobalSecondaryIndexes', one, other),
});

const addedIndexes = (
  kind: 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes',
  one: ConsumedCapacity,
  other: ConsumedCapacity,
): Partial<ConsumedCapacity> => {
  const sums: Record<string, Units> = { ...one[kind] };
  for (const [name, { CapacityUnits }] of Object.entries(other[kind] ?? {})) {
    sums[name] = { CapacityUnits: (sums[name]?.CapacityUnits ?? 0) + CapacityUnits };
  }
  return Object.keys(sums).length > 0 ? { [kind]: sums } : {};
};
