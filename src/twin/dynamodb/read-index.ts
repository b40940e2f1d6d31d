import type { AttributeMap } from './attribute-values.ts';
import { typeAndContent } from './compare-values.ts';
import type { Index, Request, Table } from './dynalite-modules.ts';
import { emptyKey, notValid } from './index-keys.ts';

/**
 * Use of an index by a query or a scan: the message with which DynamoDB rejects it, or true if the table must be read as well.
 */
export interface IndexRead {
  readonly fault?: string;
  readonly needsTable?: boolean;
}

/**
 * Compares the attributes that a request names with those that its index projects. A global index has only those. With a local
 * index, DynamoDB reads other attributes from the table, except those that a filter names.
 */
export const indexRead = (request: Request, table: Table, isLocal: boolean | undefined): IndexRead => {
  const { IndexName: name, _filter: filter, _projection: projection, AttributesToGet, QueryFilter, ScanFilter } = request;
  const index = [...(table.LocalSecondaryIndexes ?? []), ...(table.GlobalSecondaryIndexes ?? [])].find(
    ({ IndexName }) => IndexName === name,
  );
  const has = index && projectedBy(index, table);
  if (has === undefined) return {};
  const lacking = (names: readonly string[]): string[] => [...new Set(names)].filter((one) => !has.has(one));
  const filtered = lacking(Object.keys(filter?.pathHeads ?? QueryFilter ?? ScanFilter ?? {}));
  if (filtered.length > 0) {
    return {
      fault: `${invalid}: Secondary index ${name} does not project one or more filter attributes: [${filtered.join(', ')}]`,
    };
  }
  const named = projection?.paths.map(([head]) => head) ?? (AttributesToGet as readonly string[] | undefined) ?? [];
  const missing = lacking(named);
  if (missing.length === 0) return {};
  return isLocal
    ? { needsTable: true }
    : { fault: `${invalid}: Global secondary index ${name} does not project [${missing.join(', ')}]` };
};

/** Returns the message with which DynamoDB rejects an empty value for a key, or undefined. */
export const emptyKeyCondition = ({ KeyConditions }: Request): string | undefined => {
  const conditions = (KeyConditions ?? {}) as NonNullable<Request['QueryFilter']>;
  for (const [name, { AttributeValueList: values = [] }] of Object.entries(conditions)) {
    const type = values.some(({ S }) => S === '') ? 'S' : values.some(({ B }) => B === '') ? 'B' : undefined;
    if (type !== undefined) return `${notValid}. ${emptyKey(type)}. Key: ${name}`;
  }
  return undefined;
};

/**
 * Returns the message with which DynamoDB rejects ExclusiveStartKey in a query of a table without a sort key, which finds one
 * item at most. Returns undefined otherwise.
 */
export const startKeyFault = (
  { IndexName, ExclusiveStartKey, KeyConditions }: Request,
  { KeySchema }: Table,
): string | undefined => {
  const isQuery = KeyConditions !== undefined;
  if (!isQuery || IndexName !== undefined || ExclusiveStartKey === undefined || KeySchema.length > 1) return undefined;
  const shown = Object.entries(ExclusiveStartKey as AttributeMap).map(([name, value]) => {
    const [type, content] = typeAndContent(value);
    return `${name}=AttributeValue: {${type}:${content}}`;
  });
  return `The provided exclusive start key is invalid: ExclusiveStartKey: {${shown.join(', ')}}`;
};

/** Returns the attributes of an index; undefined if it projects all. */
const projectedBy = ({ KeySchema, Projection }: Index, table: Table): ReadonlySet<string> | undefined => {
  if (Projection.ProjectionType === 'ALL') return undefined;
  const keys = [...table.KeySchema, ...KeySchema].map(({ AttributeName }) => AttributeName);
  return new Set([...keys, ...(Projection.NonKeyAttributes ?? [])]);
};

const invalid = 'One or more parameter values were invalid';
