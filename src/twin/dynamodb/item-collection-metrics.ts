import type { AttributeMap } from './attribute-values.ts';
import type { Table } from './dynalite-modules.ts';

/** The item collection of a write, and the estimated range of its size in GB. */
export interface ItemCollectionMetrics {
  readonly ItemCollectionKey: AttributeMap;
  readonly SizeEstimateRangeGB: readonly [number, number];
}

/**
 * Returns the metrics for `ReturnItemCollectionMetrics: SIZE`. Only tables with local indexes have item collections. Sizes are
 * not measured: each collection is reported as 0 to 1 GB.
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
