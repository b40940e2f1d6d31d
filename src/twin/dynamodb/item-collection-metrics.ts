import type { AttributeMap } from './attribute-values.ts';
import type { Table } from './dynalite-modules.ts';

/** The partition that a write went to, and the range of its size in GB. */
export interface ItemCollectionMetrics {
  readonly ItemCollectionKey: AttributeMap;
  readonly SizeEstimateRangeGB: readonly [number, number];
}

/**
 * Returns the metrics for `ReturnItemCollectionMetrics: SIZE`: only tables with local indexes have item collections. No
 * collection here is measured: each counts as less than 1 GB.
 */
export const itemCollectionMetrics = (
  asked: unknown,
  { KeySchema, LocalSecondaryIndexes = [] }: Table,
  key: AttributeMap,
): ItemCollectionMetrics | undefined => {
  const hash = KeySchema[0]?.AttributeName ?? '';
  if (asked !== 'SIZE' || LocalSecondaryIndexes.length === 0) return undefined;
  return { ItemCollectionKey: { [hash]: key[hash] ?? {} }, SizeEstimateRangeGB: [0, 1] };
};
