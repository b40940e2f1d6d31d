import { type DynaliteDb, operationValidation, type Request, type Store } from '../dynalite-modules.ts';
import { itemSize } from '../item-size.ts';
import { canceledBy } from './canceled.ts';
import { checkDistinct, readItem, type TransactItem, tablesOf, withLocks } from './items.ts';

/** TransactGetItems: reads items as they are at one moment. The types of the request have been checked. */
export const transactGetItems =
  (db: DynaliteDb, store: Store) =>
  async (request: Request): Promise<object> => {
    const gets = (request.TransactItems as readonly { readonly Get?: Request }[]).map(({ Get }) => {
      if (Get === undefined)
        throw db.validationError('Invalid Request: TransactGetItemsRequest should contain Get requests');
      return Get;
    });
    for (const get of gets) {
      const message = operationValidation('getItem').custom(get, store);
      if (message) throw db.validationError(message);
    }
    const tables = await tablesOf(store, gets);
    const items = gets.map((get, index): TransactItem => {
      const table = tables.get(get.TableName);
      const key = get.Key ?? {};
      if (table === undefined) throw new Error(`there is no table ${get.TableName}`);
      const fault = db.validateKey(key, table) ?? db.validateKeyPaths(get._projection?.nestedPaths, table);
      if (fault != null) throw canceledBy(index, gets.length, fault);
      return { table, itemDb: store.getItemDb(get.TableName), key: db.createKey(key, table) };
    });
    checkDistinct(db, items);
    const found = await withLocks(items, () => Promise.all(items.map(readItem)));
    return {
      Responses: found.map((item, index) => {
        const paths = gets[index]?._projection?.paths;
        return item === undefined ? {} : { Item: paths ? db.mapPaths(paths, item) : item };
      }),
      ConsumedCapacity: capacityOf(
        request.ReturnConsumedCapacity,
        items,
        found.map((item) => (item ? itemSize(item) : 0)),
      ),
    };
  };

/** Returns the capacity by table: two units for each 4 KB or part of 4 KB, at least two for each item. */
const capacityOf = (
  asked: unknown,
  items: readonly TransactItem[],
  sizes: readonly number[],
): readonly object[] | undefined => {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const units = new Map<string, number>();
  for (const [index, { table }] of items.entries()) {
    const own = 2 * Math.max(1, Math.ceil((sizes[index] ?? 0) / 4096));
    units.set(table.TableName, (units.get(table.TableName) ?? 0) + own);
  }
  return [...units].map(([TableName, CapacityUnits]) => ({
    TableName,
    CapacityUnits,
    ReadCapacityUnits: CapacityUnits,
    ...(asked === 'INDEXES' && { Table: { CapacityUnits, ReadCapacityUnits: CapacityUnits } }),
  }));
};
