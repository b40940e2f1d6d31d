import { isObject, type Json, type JsonObject } from '../../cloudformation/json.ts';
import type { ErrorResponse } from './error-response.ts';

/** ARN of the tables of an account and region, without the name: `arn:aws:dynamodb:us-east-1:123456789012:table/`. */
export type TableArnPrefix = string;

/** Returns true for the ARN of a table. The ARN of an index or a stream is not one. */
export const isTableArn = (text: unknown): text is string => typeof text === 'string' && tableArn.test(text);

const tableArn = /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{1,255}$/;

/** A request with plain table names, and the ARNs that they replace, by name. */
export interface NamedInput {
  readonly input: JsonObject;
  readonly arns: ReadonlyMap<string, string>;
}

/**
 * Replaces ARNs of tables of this account and region by table names, because the databases behind the twin accept only names.
 * Rejects a batch that names one table by name and by ARN, because one of its two lists would be lost.
 */
export const withTableNames = (operation: string, input: JsonObject, prefix: TableArnPrefix): NamedInput | ErrorResponse => {
  const arns = new Map<string, string>();
  const nameOf = (given: string): string => {
    if (!given.startsWith(prefix) || !isTableArn(given)) return given;
    const name = given.slice(prefix.length);
    arns.set(name, given);
    return name;
  };
  const renamed = (item: JsonObject): JsonObject =>
    typeof item.TableName === 'string' ? { ...item, TableName: nameOf(item.TableName) } : item;
  const named = (): JsonObject => {
    if (operation.startsWith('Batch') && isObject(input.RequestItems))
      return { ...input, RequestItems: withKeys(input.RequestItems, nameOf) };
    if (operation.startsWith('Transact') && Array.isArray(input.TransactItems))
      return { ...input, TransactItems: input.TransactItems.map((item: Json) => withMembers(item, renamed)) };
    return renamed(input);
  };
  const result = { input: named(), arns };
  const twice = [...arns.keys()].find((name) => isObject(input.RequestItems) && Object.hasOwn(input.RequestItems, name));
  if (twice === undefined) return arns.size === 0 ? { input, arns } : result;
  return { type: 'ValidationException', message: `RequestItems has the table ${twice} twice, by its name and by its ARN` };
};

/** Replaces table names in a response by the ARNs of its request: DynamoDB's response names tables as the request does. */
export const withTableArns = (output: JsonObject, arns: NamedInput['arns']): JsonObject => {
  const given = (name: string): string => arns.get(name) ?? name;
  const entries = Object.entries(output).map(([member, value]): [string, Json] => {
    if (member === 'ConsumedCapacity')
      return [
        member,
        Array.isArray(value) ? value.map((one: Json) => withTableName(one, given)) : withTableName(value, given),
      ];
    const byTable = ['Responses', 'UnprocessedKeys', 'UnprocessedItems', 'ItemCollectionMetrics'].includes(member);
    return [member, byTable && isObject(value) ? withKeys(value, given) : value];
  });
  return Object.fromEntries(entries);
};

const withTableName = (value: Json, rename: (name: string) => string): Json =>
  isObject(value) && typeof value.TableName === 'string' ? { ...value, TableName: rename(value.TableName) } : value;

const withKeys = (object: JsonObject, rename: (name: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));

const withMembers = (item: Json, change: (member: JsonObject) => JsonObject): Json =>
  isObject(item)
    ? Object.fromEntries(Object.entries(item).map(([name, one]) => [name, isObject(one) ? change(one) : one]))
    : item;
