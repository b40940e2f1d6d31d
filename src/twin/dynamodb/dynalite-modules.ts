import { createRequire } from 'node:module';
import type { AttributeMap } from './attribute-values.ts';
import type { ParsedExpressions } from './expressions/validate.ts';
import type { BigNumber } from './plain-number.ts';
import type { Request as RequestMembers } from './request.ts';

/*
 * Parts of dynalite 4.0.0 that the twin uses and replaces. Its modules call one another through their exports, so replacing an
 * export is enough. They are loaded on demand: the caller can first prepare what dynalite reads when it loads.
 */

const require = createRequire(import.meta.url);
const dynaliteRequire = createRequire(require.resolve('dynalite'));

export const database = (): DynaliteDb => require('dynalite/db');
export const validations = (): DynaliteValidations => require('dynalite/validations');
export const operationValidation = (operation: string): OperationValidation => require(`dynalite/validations/${operation}`);
export const bigJs = (): BigJs => dynaliteRequire('big.js');
export const abstractLevel = (level: 'level' | 'memory-level'): AbstractLevel =>
  createRequire(dynaliteRequire.resolve(level))('abstract-level');

/** Replaces the action of an operation. dynalite must not be loaded yet. */
export const replaceAction = (operation: string, action: Action): void => {
  const file = require.resolve(`dynalite/actions/${operation}`);
  require(file);
  const loaded = require.cache[file];
  if (loaded !== undefined) loaded.exports = action;
};

/** A request as an operation receives it, after dynalite has checked its types. */
export interface Request extends RequestMembers, ParsedExpressions {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[]>>;
  [name: string]: unknown;
}

export interface WriteRequest {
  readonly PutRequest?: { readonly Item?: AttributeMap };
  readonly DeleteRequest?: { readonly Key?: AttributeMap };
}

export interface RequestError extends Error {
  readonly statusCode: number;
  readonly body: Record<string, unknown>;
}

export type Callback<Result> = (error?: Error | null, result?: Result) => void;

/** Resolves with the result that a function of dynalite passes to its callback. Rejects with its error. */
export const promised = <Result>(run: (callback: Callback<Result>) => void): Promise<Result | undefined> =>
  new Promise((resolve, reject) => run((error, result) => (error ? reject(error) : resolve(result))));

export type Action = (store: Store, request: Request, callback: Callback<object>) => void;

export interface Store {
  readonly options: { readonly maxItemSize: number };
  /** Store of all tables and indexes. Each has its own prefix. */
  readonly db: { batch(operations: readonly DatabaseOperation[], callback: Callback<void>): void };
  getTable(name: string, callback: Callback<Table>): void;
  getItemDb(name: string): ItemDb;
}

export type DatabaseOperation =
  | { readonly type: 'put'; readonly key: string; readonly value: AttributeMap }
  | { readonly type: 'del'; readonly key: string };

export interface ItemDb {
  /** Calls back as soon as the key is not locked. `release` wraps the callback that ends the operation. */
  lock(key: string, locked: (release: <Done extends (...parameters: never[]) => void>(done: Done) => Done) => void): void;
  get(key: string, callback: Callback<AttributeMap>): void;
  put(key: string, item: AttributeMap, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
}

export interface Table {
  readonly TableName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
}

export interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

export interface DynaliteDb {
  create(options: object): Store;
  checkConditional(request: Request, item: AttributeMap | undefined): RequestError | null | undefined;
  validateItem(item: AttributeMap, table: Table): RequestError | null | undefined;
  validateKey(key: AttributeMap, table: Table): RequestError | null | undefined;
  validateKeyPaths(nestedPaths: object | undefined, table: Table): RequestError | null | undefined;
  validateUpdates(attributeUpdates: unknown, updates: unknown, table: Table): RequestError | null | undefined;
  createKey(item: AttributeMap, table: Table): string;
  mapPaths(paths: readonly unknown[], item: AttributeMap): AttributeMap;
  queryTable(
    store: Store,
    table: Table,
    request: Request,
    options: object,
    isLocal: boolean | undefined,
    fetchFromItemDb: boolean,
    startKeyNames: readonly string[],
    callback: Callback<Page>,
  ): void;
  getIndexActions(
    indexes: readonly Index[],
    oldItem: AttributeMap | undefined,
    item: AttributeMap | undefined,
    table: Table,
  ): {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: AttributeMap }[];
    readonly deletes: readonly { readonly index: string; readonly key: string }[];
  };
  updateIndexes(
    store: Store,
    table: Table,
    oldItem: AttributeMap | undefined,
    item: AttributeMap | undefined,
    callback: Callback<void>,
  ): void;
  validationError(message: string): RequestError;
  itemSize(item: AttributeMap, ...rest: unknown[]): number;
}

/** The response of Query or Scan. */
export interface Page {
  Items?: readonly AttributeMap[];
  Count?: number;
  readonly ScannedCount: number;
  readonly ConsumedCapacity?: { readonly CapacityUnits: number; readonly Table?: { readonly CapacityUnits: number } };
}

export interface DynaliteValidations {
  checkTypes(...parameters: unknown[]): unknown;
  checkValidations(request: Request, types: object, ...rest: unknown[]): void;
  validateAttributeValue(value: AttributeMap[string]): string | undefined;
  validateAttributeConditions(request: Request): string | undefined;
  validateConditions(conditions: Request['QueryFilter']): string | undefined;
  validateExpressions(request: Request): string | undefined;
}

export interface OperationValidation {
  readonly types: Record<string, object>;
  custom(request: Request, store: Store): string | undefined;
}

export type AbstractLevel = Readonly<
  Record<'AbstractKeyIterator' | 'AbstractValueIterator', { readonly prototype: Iterator }>
>;

export interface Iterator {
  return?(this: Iterator): Promise<void>;
  close(): Promise<void>;
}

export interface BigJs {
  readonly prototype: { toFixed(this: BigNumber, ...rounding: unknown[]): string };
}
