import type { AttributeMap } from './attribute-values.ts';
import {
  type Action,
  type Callback,
  type DynaliteDb,
  promised,
  type Request,
  type RequestError,
  type Store,
  type WriteRequest,
} from './dynalite-modules.ts';
import type { ItemCollectionMetrics } from './item-collection-metrics.ts';
import { addCapacities, type ConsumedCapacity } from './write-capacity.ts';
import { type WriteName, writesOf } from './write-item.ts';

/** Replaces dynalite's BatchWriteItem. Each write reports the capacity and the metrics that it would report alone. */
export const batchWriteItem =
  (db: DynaliteDb, actions: Readonly<Record<WriteName, Action>>): Action =>
  (store, request, callback) => {
    writeAll(db, actions, store, request).then((output) => callback(null, output), callback as Callback<never>);
  };

interface Output {
  readonly ConsumedCapacity?: ConsumedCapacity;
  readonly ItemCollectionMetrics?: ItemCollectionMetrics;
}

const writeAll = async (
  db: DynaliteDb,
  actions: Readonly<Record<WriteName, Action>>,
  store: Store,
  request: Request,
): Promise<object> => {
  const writes: { readonly name: 'putItem' | 'deleteItem'; readonly input: Request }[] = [];
  for (const [table, requests] of Object.entries(request.RequestItems ?? {})) {
    writes.push(...(await checked(db, store, request, table, requests)));
  }
  const outputs = await Promise.all(
    writes.map(({ name, input }) =>
      promised<object>((callback) => actions[name](store, input, callback)).then((output) => output as Output),
    ),
  );
  const metrics: Record<string, ItemCollectionMetrics[]> = {};
  for (const [index, { ItemCollectionMetrics: metric }] of outputs.entries()) {
    const table = writes[index]?.input.TableName ?? '';
    if (metric !== undefined) metrics[table] = [...(metrics[table] ?? []), metric];
  }
  const capacities = outputs.flatMap(({ ConsumedCapacity: capacity }) => (capacity === undefined ? [] : [capacity]));
  return {
    UnprocessedItems: {},
    ...(capacities.length > 0 && { ConsumedCapacity: addCapacities(capacities) }),
    ...(Object.keys(metrics).length > 0 && { ItemCollectionMetrics: metrics }),
  };
};

/** Returns the writes to one table. Rejects if a write does not fit the table, or if two writes have the same key. */
const checked = async (
  db: DynaliteDb,
  store: Store,
  { ReturnConsumedCapacity, ReturnItemCollectionMetrics }: Request,
  TableName: string,
  requests: readonly WriteRequest[],
) => {
  const table = await promised((callback: Parameters<Store['getTable']>[1]) => store.getTable(TableName, callback));
  if (table === undefined) throw new Error(`there is no table ${TableName}`);
  const keys = new Set<string>();
  return requests.map(({ PutRequest: put, DeleteRequest: remove }) => {
    const name = put ? 'putItem' : 'deleteItem';
    const attributes: AttributeMap = put?.Item ?? remove?.Key ?? {};
    const input = { TableName, Item: attributes, Key: attributes, ReturnConsumedCapacity, ReturnItemCollectionMetrics };
    const fault = writesOf(db)[name].fault(input, table);
    if (fault != null) throw schemaFault(db, fault as RequestError);
    const key = db.createKey(attributes, table);
    if (keys.has(key)) throw db.validationError('Provided list of item keys contains duplicates');
    keys.add(key);
    return { name, input } as const;
  });
};

/** Returns the error of a write. BatchWriteItem reports only that a key does not match the schema. */
const schemaFault = (db: DynaliteDb, fault: RequestError): Error =>
  /Missing the key|Type mismatch for key/.test(fault.message)
    ? db.validationError('The provided key element does not match the schema')
    : fault;
