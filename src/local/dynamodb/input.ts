import { isObject, type Json, type JsonObject } from '../json.ts';

/** What a request asks for: one entry for each table or index that it touches. */
export interface Access {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
}

/** ARN of the tables of an account and region, less their names: `arn:aws:dynamodb:us-east-1:123456789012:table/`. */
export type TableArnPrefix = string;

/**
 * What IAM is asked about a request, as "Actions, resources, and condition keys for Amazon DynamoDB" lists it. Empty if the
 * request names no table although it must: then DynamoDB refuses it as invalid.
 */
export const accessesOf = (operation: string, input: JsonObject, prefix: TableArnPrefix): readonly Access[] => {
  const arn = (name: Json): string => (isArn(name) ? name : prefix + String(name));
  const access = (name: Json | undefined, action = operation): Access[] =>
    name === undefined || name === null ? [] : [{ action: `dynamodb:${action}`, resource: arn(name) }];
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(objectOf(input.RequestItems)).flatMap((name) => access(name));
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transactItems(input).flatMap(([member, item]) => access(item.TableName, transactActions[member] ?? member));
    case 'Query':
    case 'Scan':
      return access(input.TableName).map(({ action, resource }) => ({
        action,
        resource: input.IndexName === undefined ? resource : `${resource}/index/${String(input.IndexName)}`,
      }));
    case 'ExecuteStatement':
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      return statementsOf(input).map((statement) => statementAccess(statement, prefix));
    case 'ListTables':
      return access('*');
    default:
      if (input.ResourceArn !== undefined) return access(input.ResourceArn);
      if (input.TableName !== undefined) return access(input.TableName);
      return [{ action: `dynamodb:${operation}`, resource: '*' }];
  }
};

/** The input with plain table names where it has ARNs, since the databases behind the twin know names only. */
export const withTableNames = (operation: string, input: JsonObject): JsonObject => {
  const renamed = (item: JsonObject): JsonObject =>
    isArn(item.TableName) ? { ...item, TableName: tableNameOf(item.TableName) } : item;
  if (operation.startsWith('Batch') && isObject(input.RequestItems)) {
    const entries = Object.entries(input.RequestItems).map(([name, value]) => [tableNameOf(name), value] as const);
    return { ...input, RequestItems: Object.fromEntries(entries) };
  }
  if (operation.startsWith('Transact') && Array.isArray(input.TransactItems)) {
    const items = input.TransactItems.map((item: Json) =>
      Object.fromEntries(Object.entries(objectOf(item)).map(([member, one]) => [member, renamed(objectOf(one))])),
    );
    return { ...input, TransactItems: items };
  }
  return renamed(input);
};

/** The name in a table's ARN; any other text is the name itself. */
export const tableNameOf = (nameOrArn: string): string =>
  /^arn:[^:]+:dynamodb:.*?:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;

const isArn = (name: Json | undefined): name is string => typeof name === 'string' && name.startsWith('arn:');

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Each member of each item: `Put`, `Update`, `Delete`, `ConditionCheck` or `Get`, and what it has. */
const transactItems = (input: JsonObject): (readonly [string, JsonObject])[] =>
  (Array.isArray(input.TransactItems) ? input.TransactItems : []).flatMap((item: Json) =>
    Object.entries(objectOf(item)).map(([member, one]) => [member, objectOf(one)] as const),
  );

const transactActions: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const statementsOf = (input: JsonObject): string[] =>
  [input, ...[input.Statements ?? input.TransactStatements ?? []].flat()].flatMap((one: Json) => {
    const statement = objectOf(one).Statement;
    return typeof statement === 'string' ? [statement] : [];
  });

/** PartiQL: the first word is the action; the table stands after FROM, INTO or UPDATE, an index after a point. */
const statementAccess = (statement: string, prefix: TableArnPrefix): Access => {
  const verb = /^\s*(\w+)/.exec(statement)?.[1]?.toLowerCase() ?? '';
  const [, table = '*', index] = /\b(?:from|into|update)\s+"?([^"\s.]+)"?(?:\."?([^"\s]+)"?)?/i.exec(statement) ?? [];
  const action = `dynamodb:PartiQL${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
  return { action, resource: prefix + table + (index === undefined ? '' : `/index/${index}`) };
};
