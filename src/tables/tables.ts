import { LocalError } from '../cloudformation/errors.ts';
import { nearestFirst } from '../text/nearest.ts';
import type { Database } from './database.ts';

/** An attribute of the primary key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** A table with its primary key. */
export interface Table {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

/** Returns the names of all tables. */
export const tableNames = async ({ call }: Database): Promise<string[]> => {
  const names: string[] = [];
  for (let start: string | undefined; ; ) {
    const output = await call('ListTables', start === undefined ? {} : { ExclusiveStartTableName: start });
    names.push(...(output.TableNames as string[]));
    start = output.LastEvaluatedTableName as string | undefined;
    if (start === undefined) return names;
  }
};

/**
 * Returns the table for a name, or for a part of a name that is unique, such as the logical id. Throws a LocalError that lists
 * the matching tables, or all tables, the nearest first.
 */
export const chooseTable = (asked: string, names: readonly string[]): string => {
  const part = asked.toLowerCase();
  const exact = names.find((name) => name === asked) ?? names.find((name) => name.toLowerCase() === part);
  if (exact !== undefined) return exact;
  const having = part === '' ? [] : names.filter((name) => name.toLowerCase().includes(part));
  const [only, ...others] = having;
  if (only !== undefined && others.length === 0) return only;
  const fault = (message: string): LocalError => new LocalError('INVALID_PARAMETER', message);
  if (only !== undefined) throw fault(`${asked} matches several tables: ${having.join(', ')}; name one of them`);
  const remedy = names.length > 0 ? `there are ${nearestFirst(asked, names).join(', ')}` : 'there are none';
  throw fault(`there is no table ${JSON.stringify(asked)}; ${remedy}`);
};

/** Returns the primary key of a table. */
export const describeTable = async ({ call }: Pick<Database, 'call'>, name: string): Promise<Table> => {
  const { Table: description } = await call('DescribeTable', { TableName: name });
  const { KeySchema: keys, AttributeDefinitions: attributes } = description as Description;
  const attribute = (type: 'HASH' | 'RANGE'): KeyAttribute | undefined => {
    const key = keys.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const found = attributes.find(({ AttributeName }) => AttributeName === key);
    return found && { name: found.AttributeName, type: found.AttributeType };
  };
  const [partitionKey, sortKey] = [attribute('HASH'), attribute('RANGE')];
  if (partitionKey === undefined) throw new Error(`the table ${name} has no partition key`);
  return { name, partitionKey, ...(sortKey && { sortKey }) };
};

interface Description {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
}

/** Returns `items-dev  id (S)  40 items`; with a sort key `orders  customer (S), date (N)  1 item`. */
export const tableLine = ({ name, partitionKey, sortKey }: Table, items: number, width: number): string => {
  const keys = [partitionKey, ...(sortKey ? [sortKey] : [])].map((key) => `${key.name} (${key.type})`);
  return `${name.padEnd(width)}  ${keys.join(', ')}  ${items} ${items === 1 ? 'item' : 'items'}`;
};
