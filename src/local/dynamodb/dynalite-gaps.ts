import { createRequire } from 'node:module';
import { type AttributeMap, documentFault } from './attribute-values.ts';
import { itemSize } from './item-size.ts';
import { type BigNumber, plainNumber } from './plain-number.ts';

/**
 * Closes gaps of dynalite 4.0.0 from within, where it holds the item's lock and has parsed the request: what a failed
 * condition returns is exactly what the condition saw, and the endpoint in front need not look into a body.
 * Its modules call one another through their exports, so that replacing an export is enough.
 */
export const closeGaps = (): void => {
  // Loaded here and not with this file, so that the caller can prepare what dynalite finds when it loads.
  const db: DynaliteDb = require('dynalite/db');
  returnValuesOnConditionCheckFailure(db);
  for (const level of ['level', 'memory-level']) {
    closeIterators(createRequire(dynaliteRequire.resolve(level))('abstract-level'));
  }
  documentLimits(db, require('dynalite/validations'));
  // dynalite counts characters where DynamoDB counts bytes. It calls this with more than the item for capacities only.
  const { itemSize: capacitySize } = db;
  db.itemSize = (item, ...rest) => (rest.length > 0 ? capacitySize(item, ...rest) : itemSize(item));
  writeNumbersAtOnce(dynaliteRequire('big.js'));
};

const require = createRequire(import.meta.url);
const dynaliteRequire = createRequire(require.resolve('dynalite'));

/**
 * A scan or a query reads the database through an iterator, which dynalite ends as one would a generator: iterators of
 * abstract-level have no such method, so that each was kept for good, 50 KB of memory and a snapshot of the database.
 */
const closeIterators = ({ AbstractKeyIterator, AbstractValueIterator }: AbstractLevel): void => {
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    prototype.return = function () {
      return this.close();
    };
  }
};

const returnValuesOnConditionCheckFailure = (db: DynaliteDb): void => {
  for (const operation of ['putItem', 'updateItem', 'deleteItem']) {
    // An unknown parameter would be dropped before the operation sees it.
    operationValidation(operation).types.ReturnValuesOnConditionCheckFailure = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  }
  const { checkConditional } = db;
  db.checkConditional = (request, item) => {
    const error = checkConditional(request, item);
    if (error != null && item != null && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') error.body.Item = item;
    return error;
  };
};

const writeNumbersAtOnce = ({ prototype }: BigJs): void => {
  const { toFixed } = prototype;
  prototype.toFixed = function (...rounding) {
    return rounding.length > 0 ? toFixed.apply(this, rounding) : plainNumber(this);
  };
};

const documentLimits = (db: DynaliteDb, validations: DynaliteValidations): void => {
  const extend = (operation: string, check: (request: Request) => string | undefined): void => {
    const validation = operationValidation(operation);
    const { custom } = validation;
    validation.custom = (request, store) => custom(request, store) || check(request);
  };
  const checkItem = (item: AttributeMap | undefined): string | undefined =>
    messageFor(item, `${nestingMessage}: Attributes in the item have nested levels beyond supported limit`);
  const checkValues = (request: Request): string | undefined => {
    const updates = Object.entries(request.AttributeUpdates ?? {}).map(([name, update]) => [name, update.Value ?? {}]);
    return (
      messageFor(request.ExpressionAttributeValues, nestingMessage) ??
      messageFor(Object.fromEntries(updates), nestingMessage)
    );
  };
  extend('putItem', (request) => checkItem(request.Item) ?? checkValues(request));
  for (const operation of ['updateItem', 'deleteItem', 'query', 'scan']) extend(operation, checkValues);
  extend('batchWriteItem', (request) => {
    const writes = Object.values(request.RequestItems ?? {}).flat();
    return writes.map((write) => checkItem(write.PutRequest?.Item)).find((message) => message !== undefined);
  });

  // An update can put an allowed value too deep into an item.
  const { updateIndexes } = db;
  db.updateIndexes = (store, table, oldItem, item, callback) => {
    if (item != null && documentFault(item) === 'nesting') callback(db.validationError(nestingMessage));
    else updateIndexes(store, table, oldItem, item, callback);
  };

  // A document of thousands of levels overflows the stack here; thrown on, that would end the process.
  const { checkTypes, checkValidations } = validations;
  const orNesting = <Result>(check: () => Result): Result => {
    try {
      return check();
    } catch (error) {
      throw error instanceof RangeError ? db.validationError(nestingMessage) : error;
    }
  };
  validations.checkTypes = (...parameters) => orNesting(() => checkTypes(...parameters));
  validations.checkValidations = (...parameters) => orNesting(() => checkValidations(...parameters));
};

const nestingMessage = 'Nesting Levels have exceeded supported limits';

const messageFor = (attributes: AttributeMap | undefined, nesting: string): string | undefined => {
  const fault = documentFault(attributes ?? {});
  if (fault === undefined) return undefined;
  return fault === 'nesting' ? nesting : 'Empty attribute name';
};

const operationValidation = (operation: string): OperationValidation => require(`dynalite/validations/${operation}`);

interface Request {
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly Item?: AttributeMap;
  readonly ExpressionAttributeValues?: AttributeMap;
  readonly AttributeUpdates?: Readonly<Record<string, { readonly Value?: AttributeMap[string] }>>;
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest?: { readonly Item?: AttributeMap } }[]>>;
}

interface RequestError extends Error {
  readonly statusCode: number;
  readonly body: Record<string, unknown>;
}

interface DynaliteDb {
  checkConditional(request: Request, item: AttributeMap | undefined): RequestError | null | undefined;
  updateIndexes(
    store: unknown,
    table: unknown,
    oldItem: AttributeMap | undefined,
    item: AttributeMap | undefined,
    callback: (error?: Error | null) => void,
  ): void;
  validationError(message: string): RequestError;
  itemSize(item: AttributeMap, ...rest: unknown[]): number;
}

type AbstractLevel = Readonly<Record<'AbstractKeyIterator' | 'AbstractValueIterator', { readonly prototype: Iterator }>>;

interface Iterator {
  return?(this: Iterator): Promise<void>;
  close(): Promise<void>;
}

interface BigJs {
  readonly prototype: { toFixed(this: BigNumber, ...rounding: unknown[]): string };
}

interface DynaliteValidations {
  checkTypes(...parameters: unknown[]): unknown;
  checkValidations(...parameters: unknown[]): void;
}

interface OperationValidation {
  readonly types: Record<string, object>;
  custom(request: Request, store: unknown): string | undefined;
}
