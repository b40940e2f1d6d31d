import { applyActions, applyAttributeUpdates, type MutableItem, UpdateFault } from './apply-update.ts';
import type { AttributeMap } from './attribute-values.ts';
import type { Action, DynaliteDb, Request, Store } from './dynalite-modules.ts';

/**
 * UpdateItem, in the place of dynalite's own. An update of an item that does not exist creates it, but for one that does nothing but
 * remove attributes or members of sets.
 */
export const updateItem =
  (db: DynaliteDb): Action =>
  (store, request, callback) => {
    store.getTable(request.TableName, (error, table) => {
      if (error || table === undefined) return callback(error);
      const key = request.Key ?? {};
      const invalid = db.validateKey(key, table) ?? db.validateUpdates(request.AttributeUpdates, request._updates, table);
      if (invalid != null) return callback(invalid);
      const itemDb = store.getItemDb(request.TableName);
      const storedKey = db.createKey(key, table);
      itemDb.lock(storedKey, (release) => {
        const done = release(callback);
        itemDb.get(storedKey, (failure, stored) => {
          if (failure && failure.name !== 'NotFoundError') return done(failure);
          const unmet = db.checkConditional(request, stored);
          if (unmet != null) return done(unmet);
          const item = stored === undefined && removesOnly(request) ? undefined : changed(db, store, request, stored);
          if (item instanceof Error) return done(item);
          const output = {
            Attributes: returnedAttributes(db, request, stored, item),
            ConsumedCapacity: db.addConsumedCapacity(request, false, stored, item),
          };
          if (item === undefined) return done(null, output);
          db.updateIndexes(store, table, stored, item, (indexError) => {
            if (indexError) return done(indexError);
            itemDb.put(storedKey, item, (putError) => (putError ? done(putError) : done(null, output)));
          });
        });
      });
    });
  };

/** The item after the update, or why there is none. */
const changed = (db: DynaliteDb, store: Store, request: Request, stored: AttributeMap | undefined): AttributeMap | Error => {
  const item: MutableItem = structuredClone(stored ?? request.Key ?? {});
  try {
    if (request._updates) applyActions(item, request._updates.sections);
    else applyAttributeUpdates(item, request.AttributeUpdates ?? {});
  } catch (error) {
    if (error instanceof UpdateFault) return db.validationError(error.message);
    throw error;
  }
  return db.itemSize(item) > store.options.maxItemSize
    ? db.validationError('Item size to update has exceeded the maximum allowed size')
    : item;
};

const removesOnly = ({ _updates: updates, AttributeUpdates: attributeUpdates = {} }: Request): boolean => {
  const removals = updates
    ? updates.sections.map(({ type }) => type === 'remove' || type === 'delete')
    : Object.values(attributeUpdates).map(({ Action }) => Action === 'DELETE');
  return removals.length > 0 && removals.every((isRemoval) => isRemoval);
};

/** Undefined where there would be none. */
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
