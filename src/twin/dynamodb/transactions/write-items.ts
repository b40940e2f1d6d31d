import type { AttributeMap } from '../attribute-values.ts';
import { type DynaliteDb, operationValidation, promised, type Request, type Store } from '../dynalite-modules.ts';
import { itemCollectionMetrics } from '../item-collection-metrics.ts';
import { itemSize } from '../item-size.ts';
import { writeCapacity } from '../write-capacity.ts';
import { type Write, type WriteName, writesOf } from '../write-item.ts';
import { type CancellationReason, canceled, canceledBy, noReason } from './canceled.ts';
import { databaseOperations } from './database-operations.ts';
import { checkDistinct, RequestTokens, readItem, type TransactItem, tablesOf, withLocks } from './items.ts';

/** TransactWriteItems: applies all writes or none. The types of the request have been checked. */
export const transactWriteItems = (db: DynaliteDb, store: Store) => {
  const tokens = new RequestTokens();
  const writes: Readonly<Record<ActionName, Write>> = {
    ...writesOf(db),
    conditionCheck: { ...writesOf(db).deleteItem, change: (_request, stored) => stored },
  };
  return async (request: Request): Promise<object> => {
    const asGiven = JSON.stringify(request.TransactItems);
    const actions = (request.TransactItems as readonly object[]).map((item) => actionOf(db, item));
    for (const { name, input } of actions) {
      const message = operationValidation(name === 'conditionCheck' ? 'deleteItem' : name).custom(input, store);
      if (message) throw db.validationError(message);
    }
    checkSize(db, actions);
    const tables = await tablesOf(
      store,
      actions.map(({ input }) => input),
    );
    const steps = actions.map(({ name, input }, index): Step => {
      const table = tables.get(input.TableName);
      if (table === undefined) throw new Error(`there is no table ${input.TableName}`);
      const write = writes[name];
      const fault = write.fault(input, table);
      if (fault != null) throw canceledBy(index, actions.length, fault);
      const key = db.createKey(write.key(input), table);
      return { name, input, write, table, itemDb: store.getItemDb(input.TableName), key };
    });
    checkDistinct(db, steps);
    return withLocks(steps, async () => {
      const token = request.ClientRequestToken as string | undefined;
      const isRepeated = token !== undefined && tokens.isKnown(token, asGiven);
      const stored = await Promise.all(steps.map(readItem));
      const changed = isRepeated ? stored : changesOf(db, store, steps, stored);
      if (!isRepeated) await apply(db, store, steps, stored, changed);
      if (token !== undefined) tokens.remember(token, asGiven);
      return outputOf(request, steps, stored, changed);
    });
  };
};

type ActionName = WriteName | 'conditionCheck';
type Items = readonly (AttributeMap | undefined)[];

interface Step extends TransactItem {
  readonly name: ActionName;
  readonly input: Request;
  readonly write: Write;
}

const names: Readonly<Record<string, ActionName>> = {
  ConditionCheck: 'conditionCheck',
  Put: 'putItem',
  Delete: 'deleteItem',
  Update: 'updateItem',
};

const actionOf = (db: DynaliteDb, item: object): { readonly name: ActionName; readonly input: Request } => {
  const [[member = '', input] = [], ...others] = Object.entries(item);
  const name = names[member];
  if (name === undefined || others.length > 0) {
    throw db.validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  return { name, input };
};

/** Validates the limit of 4 MB. It applies to the content of the request, not to the items that it changes. */
const checkSize = (db: DynaliteDb, actions: readonly { readonly input: Request }[]): void => {
  const sizes = actions.map(({ input: { Item, Key, ExpressionAttributeValues: values } }) =>
    [Item, Key, values].reduce((sum, attributes) => sum + (attributes ? itemSize(attributes) : 0), 0),
  );
  if (sizes.reduce((sum, size) => sum + size, 0) <= maxTransactionBytes) return;
  throw db.validationError('Transaction payload size cannot exceed 4MB');
};

/** Returns the items after the transaction. Throws if an action cancels it. */
const changesOf = (db: DynaliteDb, store: Store, steps: readonly Step[], stored: Items): Items => {
  const reasons: CancellationReason[] = steps.map(() => noReason);
  const changed = steps.map(({ input, write, table }, index) => {
    const before = stored[index];
    const unmet = db.checkConditional(input, before);
    if (unmet != null) {
      const { Item } = unmet.body as { readonly Item?: AttributeMap };
      reasons[index] = { Code: 'ConditionalCheckFailed', Message: unmet.message, ...(Item && { Item }) };
      return before;
    }
    const after = write.change(input, before, table, store);
    if (!(after instanceof Error)) return after;
    reasons[index] = { Code: 'ValidationError', Message: after.message };
    return before;
  });
  if (reasons.some(({ Code }) => Code !== 'None')) throw canceled(reasons);
  return changed;
};

/** Writes all changes in one batch of the database. */
const apply = async (db: DynaliteDb, store: Store, steps: readonly Step[], stored: Items, changed: Items): Promise<void> => {
  const operations = steps.flatMap((step, index) =>
    step.name === 'conditionCheck' ? [] : databaseOperations(db, step, stored[index], changed[index]),
  );
  await promised<void>((callback) => store.db.batch(operations, callback));
};

const outputOf = (request: Request, steps: readonly Step[], stored: Items, changed: Items): object => {
  const units = new Map<string, number>();
  const metrics: Record<string, object[]> = {};
  for (const [index, { input, write, table }] of steps.entries()) {
    const { TableName: name } = table;
    const { CapacityUnits = 0 } = writeCapacity('TOTAL', table, stored[index], changed[index]) ?? {};
    units.set(name, (units.get(name) ?? 0) + 2 * CapacityUnits);
    const metric = itemCollectionMetrics(request.ReturnItemCollectionMetrics, table, write.key(input));
    if (metric !== undefined) metrics[name] = [...(metrics[name] ?? []), metric];
  }
  const asked = request.ReturnConsumedCapacity;
  return {
    ...((asked === 'TOTAL' || asked === 'INDEXES') && {
      ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({
        TableName,
        CapacityUnits,
        WriteCapacityUnits: CapacityUnits,
        ...(asked === 'INDEXES' && { Table: { CapacityUnits, WriteCapacityUnits: CapacityUnits } }),
      })),
    }),
    ...(Object.keys(metrics).length > 0 && { ItemCollectionMetrics: metrics }),
  };
};

const maxTransactionBytes = 4 * 1024 * 1024;
