import type { AttributeMap } from './attribute-values.ts';
import { keySchemaFault } from './create-table-faults.ts';
import type { Request } from './dynalite-modules.ts';
import { attributeNameFault } from './expressions/validate.ts';

/** Returns the message with which DynamoDB rejects the form of a request, before dynalite validates it, or undefined. */
export const formFault = (operation: string, request: Request): string | undefined => {
  const { TableName: tableName, RequestItems: requestItems, Limit: limit } = request;
  if (tableName === '') {
    return "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1";
  }
  if (operation === 'query' && typeof limit === 'number' && limit < 1) {
    return "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1";
  }
  if (operation === 'createTable') return keySchemaFault(request);
  if (operation !== 'batchGetItem' && operation !== 'batchWriteItem') return undefined;
  const name = operation === 'batchGetItem' ? 'BatchGetItem' : 'BatchWriteItem';
  const tables = Object.entries(requestItems ?? {});
  if (tables.length === 0) return `The requestItems parameter is required for ${name}`;
  return operation === 'batchGetItem' ? batchGetFault(tables) : batchWriteFault(tables);
};

/** Returns the message with which DynamoDB rejects valid parameters that cannot be combined, or undefined. */
export const combinationFault = (operation: string, request: Request): string | undefined => {
  const { ConditionalOperator, Expected, QueryFilter, ScanFilter, ReturnValues, AttributesToGet } = request;
  const conditions = Object.keys(Expected ?? QueryFilter ?? ScanFilter ?? {});
  if (ConditionalOperator !== undefined && conditions.length === 0) {
    return 'ConditionalOperator cannot be used without Filter or Expected';
  }
  if (operation === 'deleteItem' && !['ALL_OLD', 'NONE', undefined].includes(ReturnValues)) {
    return 'ReturnValues can only be ALL_OLD or NONE';
  }
  const names = [
    ...((AttributesToGet as readonly string[] | undefined) ?? []),
    ...Object.keys(request.AttributeUpdates ?? {}),
    ...Object.keys(request.Item ?? {}),
    ...conditions,
  ];
  for (const name of names) {
    const fault = attributeNameFault(name);
    if (fault !== undefined) return fault;
  }
  if (operation === 'scan' && request.Segment === 0 && request.TotalSegments === undefined) {
    return 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present';
  }
  return operation === 'query' || operation === 'scan' ? selectFault(operation, request) : undefined;
};

const selectFault = (operation: 'query' | 'scan', request: Request): string | undefined => {
  const { Select: select, AttributesToGet, ProjectionExpression, IndexName } = request;
  const named =
    (ProjectionExpression !== undefined && 'ProjectionExpression') ||
    (AttributesToGet !== undefined && 'AttributesToGet') ||
    undefined;
  if (select === undefined) return undefined;
  if (select === 'SPECIFIC_ATTRIBUTES') {
    return named === undefined
      ? 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES'
      : undefined;
  }
  if (named !== undefined) {
    return `Cannot specify the ${named} when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`;
  }
  if (select !== 'ALL_PROJECTED_ATTRIBUTES' || IndexName !== undefined) return undefined;
  return `ALL_PROJECTED_ATTRIBUTES can be used only when ${operation === 'query' ? 'Querying' : 'Scanning'} using an IndexName`;
};

const batchGetFault = (tables: readonly [string, unknown][]): string | undefined => {
  for (const [table, request] of tables) {
    const { Keys: keys } = (request ?? {}) as { readonly Keys?: readonly (AttributeMap | null)[] };
    if (request === null || keys?.includes(null)) return emptyMember;
    if ((keys?.length ?? 0) <= 100) continue;
    return `1 validation error detected: Value at 'RequestItems.${table}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100`;
  }
  return undefined;
};

const batchWriteFault = (tables: readonly [string, unknown][]): string | undefined => {
  for (const [table, requests] of tables) {
    if (!Array.isArray(requests) || requests.includes(null)) return emptyMember;
    if (requests.length <= 25) continue;
    const shown = requests.map((one) => `WriteRequest(${Object.keys(one).join(', ')})`).join(', ');
    return `1 validation error detected: Value '{${table}=[${shown}]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]`;
  }
  return undefined;
};

const emptyMember = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
