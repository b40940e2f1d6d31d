import type { AttributeMap } from '../attribute-values.ts';
import { type DynaliteDb, type ItemDb, promised, type Request, type Store, type Table } from '../dynalite-modules.ts';
import { requestError } from './canceled.ts';

/** An item that a transaction reads or writes. */
export interface TransactItem {
  readonly table: Table;
  readonly itemDb: ItemDb;
  /** Key of the item in the database. */
  readonly key: string;
}

/** Returns the tables of actions. Reads each table once. Rejects if a table does not exist. */
export const tablesOf = async (store: Store, actions: readonly Request[]): Promise<ReadonlyMap<string, Table>> => {
  const tables = new Map<string, Table>();
  for (const { TableName: name } of actions) {
    const table = tables.get(name) ?? (await promised<Table>((callback) => store.getTable(name, callback)));
    if (table !== undefined) tables.set(name, table);
  }
  return tables;
};

/** Throws the error for several actions on one item. */
export const checkDistinct = (db: DynaliteDb, items: readonly TransactItem[]): void => {
  const keys = new Set(items.map(({ table, key }) => `${table.TableName}~${key}`));
  if (keys.size === items.length) return;
  throw db.validationError('Transaction request cannot include multiple operations on one item');
};

/** Returns the stored item, or undefined. */
export const readItem = async ({ itemDb, key }: TransactItem): Promise<AttributeMap | undefined> => {
  try {
    return await promised<AttributeMap>((callback) => itemDb.get(key, callback));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') return undefined;
    throw error;
  }
};

/**
 * Runs `work` while no other request can write these items. All transactions lock in the same order, so no two wait for each
 * other.
 */
export const withLocks = async <Result>(items: readonly TransactItem[], work: () => Promise<Result>): Promise<Result> => {
  const ordered = items
    .map((item) => ({ ...item, order: `${item.table.TableName}~${item.key}` }))
    .sort((one, other) => (one.order < other.order ? -1 : 1));
  const releases: (() => void)[] = [];
  try {
    for (const { itemDb, key } of ordered) {
      await new Promise<void>((resolve) => {
        itemDb.lock(key, (release) => {
          releases.push(release(() => {}));
          resolve();
        });
      });
    }
    return await work();
  } finally {
    for (const release of releases) release();
  }
};

/** Tokens of the transactions of the last 10 minutes. A repeated transaction has a known token. */
export class RequestTokens {
  readonly #transactions = new Map<string, { readonly request: string; readonly until: number }>();

  /** Returns true for a transaction that has been applied. Throws if a different transaction has the same token. */
  isKnown(token: string, request: string, now = Date.now()): boolean {
    const known = this.#transactions.get(token);
    if (known === undefined || known.until < now) return false;
    if (known.request === request) return true;
    const message = 'The request parameters for the given ClientRequestToken do not match those of the original request.';
    throw requestError('IdempotentParameterMismatchException', message);
  }

  remember(token: string, request: string, now = Date.now()): void {
    for (const [old, { until }] of this.#transactions) if (until < now) this.#transactions.delete(old);
    this.#transactions.set(token, { request, until: now + tokenLifetime });
  }
}

const tokenLifetime = 600_000;
