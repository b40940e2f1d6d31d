import type { AttributeMap } from './attribute-values.ts';
import type { DynaliteDb, DynaliteValidations, Page, Request, RequestError } from './dynalite-modules.ts';
import { meets } from './expressions/evaluate.ts';
import { validateExpressions } from './expressions/validate.ts';
import { meetsLegacy, validateExpected, validateFilter } from './legacy-conditions.ts';
import { emptyKeyCondition, indexRead, startKeyFault } from './read-index.ts';
import { validateValue } from './validate-value.ts';

/**
 * Replaces dynalite's parsers and its comparison of values. Its parsers take time exponential in the depth of parentheses. Its
 * comparison does not support equality of maps, lists and sets, and treats binaries as text. It ends the process if IN names an
 * attribute that the item lacks.
 */
export const replaceConditions = (db: DynaliteDb, validations: DynaliteValidations): void => {
  validations.validateAttributeValue = validateValue;
  validations.validateExpressions = validateExpressions;
  validations.validateConditions = validateFilter;
  const { validateAttributeConditions } = validations;
  validations.validateAttributeConditions = (request) =>
    validateAttributeConditions(request) ?? validateExpected(request.Expected);

  db.checkConditional = (request, stored) => {
    const { _condition: condition, Expected: expected = {}, ConditionalOperator: operator } = request;
    const item = stored ?? {};
    const isMet = condition ? meets(item, condition.expression) : meetsLegacy(item, expected, operator);
    if (isMet) return undefined;
    const isAsked = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    return conditionFailed(isAsked ? stored : undefined);
  };

  // dynalite reads a page without the filter, so that its limits apply to the items read.
  const { queryTable } = db;
  db.queryTable = (store, table, request, options, isLocal, fetchFromItemDb, startKeyNames, callback) => {
    const { _filter, QueryFilter, ScanFilter, _projection, AttributesToGet, Select, ...plain } = request;
    const { fault = emptyKeyCondition(request) ?? startKeyFault(request, table), needsTable = false } = indexRead(
      request,
      table,
      isLocal,
    );
    if (fault !== undefined) return callback(db.validationError(fault));
    const readsTable = fetchFromItemDb || needsTable;
    queryTable(store, table, plain as Request, options, isLocal, readsTable, startKeyNames, (error, page) => {
      if (error || page === undefined) return callback(error);
      const { Items: read = [], ...others } = page;
      const items = read.filter((item) => passes(request, item));
      const paths = _projection?.paths ?? (AttributesToGet as readonly string[] | undefined);
      const Items = paths ? items.map((item) => db.mapPaths(paths, item)) : items;
      const minimum = minimumCapacity(request, page);
      callback(null, { ...others, ...minimum, Count: items.length, ...(Select !== 'COUNT' && { Items }) });
    });
  };
};

const passes = (request: Request, item: AttributeMap): boolean => {
  const { _filter: filter, QueryFilter, ScanFilter, ConditionalOperator: operator } = request;
  return filter ? meets(item, filter.expression) : meetsLegacy(item, QueryFilter ?? ScanFilter ?? {}, operator);
};

/** Returns the minimum capacity: a read that finds nothing also consumes capacity. */
const minimumCapacity = ({ ConsistentRead }: Request, { ConsumedCapacity: consumed }: Page): Partial<Page> => {
  if (consumed === undefined || consumed.CapacityUnits > 0) return {};
  const units = { CapacityUnits: ConsistentRead === true ? 1 : 0.5 };
  return { ConsumedCapacity: { ...consumed, ...units, ...(consumed.Table && { Table: units }) } };
};

const conditionFailed = (item: AttributeMap | undefined): RequestError => {
  const message = 'The conditional request failed';
  const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
  return Object.assign(new Error(message), { statusCode: 400, body: { __type, message, ...(item && { Item: item }) } });
};
