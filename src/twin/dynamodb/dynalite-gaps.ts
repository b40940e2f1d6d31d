import { type AttributeMap, documentFault, nestingMessage } from './attribute-values.ts';
import { batchWriteItem } from './batch-write-item.ts';
import {
  type AbstractLevel,
  abstractLevel,
  type BigJs,
  bigJs,
  type DynaliteDb,
  type DynaliteValidations,
  database,
  operationValidation,
  type Request,
  replaceAction,
  validations as validationsModule,
} from './dynalite-modules.ts';
import { itemSize } from './item-size.ts';
import { plainNumber } from './plain-number.ts';
import { replaceConditions } from './replace-conditions.ts';
import { replaceValidations } from './replace-validations.ts';
import { writeActions } from './write-item.ts';

/**
 * Closes gaps of dynalite 4.0.0 inside dynalite, where the item is locked and the request is parsed. The response to a failed
 * condition therefore contains the item that the condition was evaluated on, and the endpoint in front need not parse bodies.
 */
export const closeGaps = (): void => {
  const db = database();
  const validations = validationsModule();
  replaceConditions(db, validations);
  replaceValidations(db, validations);
  acceptReturnValuesOnConditionCheckFailure();
  for (const level of ['level', 'memory-level'] as const) closeIterators(abstractLevel(level));
  documentLimits(db, validations);
  // dynalite counts characters where DynamoDB counts bytes. It passes further arguments only to compute capacities.
  const { itemSize: capacitySize } = db;
  db.itemSize = (item, ...rest) => (rest.length > 0 ? capacitySize(item, ...rest) : itemSize(item));
  writeNumbersAtOnce(bigJs());
  // Replaced last, because dynalite's actions keep the functions that they find when they are loaded.
  const writes = writeActions(db);
  for (const [operation, action] of Object.entries(writes)) replaceAction(operation, action);
  replaceAction('batchWriteItem', batchWriteItem(db, writes));
};

/**
 * Closes the iterator of each scan and query. dynalite ends an iterator with `return()`, as for a generator. Iterators of
 * abstract-level have no such method, so each one stayed open: 50 KB of memory and a snapshot of the database.
 */
const closeIterators = ({ AbstractKeyIterator, AbstractValueIterator }: AbstractLevel): void => {
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    prototype.return = function () {
      return this.close();
    };
  }
};

const acceptReturnValuesOnConditionCheckFailure = (): void => {
  for (const operation of ['putItem', 'updateItem', 'deleteItem']) {
    // dynalite drops unknown parameters before the operation receives them.
    operationValidation(operation).types.ReturnValuesOnConditionCheckFailure = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  }
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

  // A document of thousands of levels overflows the stack here. Any other error that is not a response would end the process.
  const { checkTypes, checkValidations } = validations;
  const orFault = <Result>(check: () => Result): Result => {
    try {
      return check();
    } catch (error) {
      if (error instanceof RangeError) throw db.validationError(nestingMessage);
      throw error instanceof Error && 'statusCode' in error ? error : internalServerError(error);
    }
  };
  validations.checkTypes = (...parameters) => orFault(() => checkTypes(...parameters));
  validations.checkValidations = (...parameters) => orFault(() => checkValidations(...parameters));
};

const internalServerError = (cause: unknown): Error =>
  Object.assign(new Error('Internal server error', { cause }), {
    statusCode: 500,
    body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
  });

const messageFor = (attributes: AttributeMap | undefined, nesting: string): string | undefined => {
  const fault = documentFault(attributes ?? {});
  if (fault === undefined) return undefined;
  return fault === 'nesting' ? nesting : 'Empty attribute name';
};
