import { applyActions, applyAttributeUpdates, type MutableItem, UpdateFault } from './apply-update.ts';
import { type AttributeMap, documentFault, nestingMessage } from './attribute-values.ts';
import type { Action, Callback, DynaliteDb, Request, Store, Table } from './dynalite-modules.ts';
import { indexKeyFault, updatedIndexKeyFault } from './index-keys.ts';
import { itemCollectionMetrics } from './item-collection-metrics.ts';
import { writeCapacity } from './write-capacity.ts';

/** Returns the three operations that write one item. They replace dynalite's own. */
export const writeActions = (db: DynaliteDb): Readonly<Record<WriteName, Action>> => {
  const { putItem, updateItem, deleteItem } = writesOf(db);
  return { putItem: action(db, putItem), updateItem: action(db, updateItem), deleteItem: action(db, deleteItem) };
};

export type WriteName = 'putItem' | 'updateItem' | 'deleteItem';

/** Steps that write one item, alone or in a transaction. */
export interface Write {
  /** Returns the item or key that identifies the item in the table. */
  key(request: Request): AttributeMap;
  fault(request: Request, table: Table): Error | null | undefined;
  /** Returns the item after the write, undefined if there is none, or the error. */
  change(request: Request, stored: AttributeMap | undefined, table: Table, store: Store): AttributeMap | Error | undefined;
}

export const writesOf = (db: DynaliteDb): Readonly<Record<WriteName, Write>> => ({
  putItem: {
    key: ({ Item: item = {} }) => item,
    fault: ({ Item: item = {} }, table) => db.validateItem(item, table),
    change: ({ Item: item }) => item,
  },
  updateItem: {
    key: ({ Key: key = {} }) => key,
    fault: ({ Key: key = {}, AttributeUpdates, _updates }, table) =>
      db.validateKey(key, table) ?? db.validateUpdates(AttributeUpdates, _updates, table),
    change: (request, stored, table, store) =>
      stored === undefined && removesOnly(request) ? undefined : updated(db, store, request, stored, table),
  },
  deleteItem: {
    key: ({ Key: key = {} }) => key,
    fault: ({ Key: key = {} }, table) => db.validateKey(key, table),
    change: () => undefined,
  },
});

const action =
  (db: DynaliteDb, write: Write): Action =>
  (store, request, callback) => {
    store.getTable(request.TableName, (error, table) => {
      if (error || table === undefined) return callback(error);
      const fault = write.fault(request, table);
      if (fault != null) return callback(fault);
      const key = db.createKey(write.key(request), table);
      const itemDb = store.getItemDb(request.TableName);
      itemDb.lock(key, (release) => {
        const done: Callback<object> = release(callback);
        itemDb.get(key, (failure, stored) => {
          if (failure && failure.name !== 'NotFoundError') return done(failure);
          const unmet = db.checkConditional(request, stored);
          if (unmet != null) return done(unmet);
          const item = write.change(request, stored, table, store);
          if (item instanceof Error) return done(item);
          const output = {
            Attributes: returnedAttributes(db, request, stored, item),
            ConsumedCapacity: writeCapacity(request.ReturnConsumedCapacity, table, stored, item),
            ItemCollectionMetrics: itemCollectionMetrics(request.ReturnItemCollectionMetrics, table, write.key(request)),
          };
          db.updateIndexes(store, table, stored, item, (indexError) => {
            if (indexError) return done(indexError);
            const written: Callback<void> = (writeError) => (writeError ? done(writeError) : done(null, output));
            if (item !== undefined) itemDb.put(key, item, written);
            else if (stored !== undefined) itemDb.del(key, written);
            else done(null, output);
          });
        });
      });
    });
  };

/** Returns the item after an update, or the error. */
const updated = (
  db: DynaliteDb,
  store: Store,
  request: Request,
  stored: AttributeMap | undefined,
  table: Table,
): AttributeMap | Error => {
  const item: MutableItem = structuredClone(stored ?? request.Key ?? {});
  try {
    if (request._updates) applyActions(item, request._updates.sections);
    else applyAttributeUpdates(item, request.AttributeUpdates ?? {});
  } catch (error) {
    if (error instanceof UpdateFault) return db.validationError(error.message);
    throw error;
  }
  const fault = request._updates ? updatedIndexKeyFault(item, table) : indexKeyFault(item, table);
  if (fault !== undefined) return db.validationError(fault);
  // An update can put a valid value too deep into an item.
  if (documentFault(item) === 'nesting') return db.validationError(nestingMessage);
  return db.itemSize(item) > store.options.maxItemSize
    ? db.validationError('Item size to update has exceeded the maximum allowed size')
    : item;
};

/** Returns true if an update only removes attributes. Any other update creates an item that does not exist. */
const removesOnly = ({ _updates: updates, AttributeUpdates: attributeUpdates = {} }: Request): boolean => {
  const removals = updates
    ? updates.sections.map(({ type }) => type === 'remove' || type === 'delete')
    : Object.values(attributeUpdates).map(({ Action }) => Action === 'DELETE');
  return removals.length > 0 && removals.every((isRemoval) => isRemoval);
};

/** Returns undefined if the response has no attributes. */
const returnedAttributes = (
  db: DynaliteDb,
  { ReturnValues: returnValues, _updates: updates, AttributeUpdates: attributeUpdates = {} }: Request,
  stored: AttributeMap | undefined,
  item: AttributeMap | undefined,
): AttributeMap | undefined => {
  const source = returnValues?.endsWith('_OLD') ? stored : item;
  if (source === undefined || returnValues === undefined || returnValues === 'NONE') return undefined;
  if (returnValues.startsWith('ALL_')) return source;
  const attributes = db.mapPaths(updates?.paths ?? Object.keys(attributeUpdates), source);
  return Object.keys(attributes).length > 0 ? attributes : undefined;
};
