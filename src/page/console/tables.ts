import { collectionOf, entities, entityPrefix } from '../../contract/entities.ts';
import { type Database, outputOf } from '../../tables/database.ts';
import { itemJson } from '../../tables/item-json.ts';
import { signedCall } from '../../tables/signed-call.ts';
import { describeTable, type Table } from '../../tables/tables.ts';
import type { AttributeMap } from '../../twin/dynamodb/attribute-values.ts';
import type { DynamoDbAccess, StackOverview } from '../../twin/index.ts';
import type { ItemPage, ItemRow, ItemView, TableView } from './messages.ts';

/** Reads the tables of a stack with a read-only access key. It uses neither the API nor its functions. */
export interface TableReader {
  tables(stack: StackOverview, invokeUrl: string | undefined): Promise<readonly TableView[]>;
  /** Returns a page of items; with `id`, those whose partition key has that value. */
  items(
    tableName: string,
    asked: { readonly after?: string | undefined; readonly id?: string | undefined },
  ): Promise<ItemPage>;
  item(tableName: string, token: string): Promise<ItemView>;
}

export const createTableReader = (access: () => DynamoDbAccess): TableReader => {
  let call: ReturnType<typeof signedCall> | undefined;
  const database: Pick<Database, 'call'> = {
    call: async (operation, input) => {
      call ??= signedCall(access(), new AbortController().signal);
      return outputOf(operation, await call(operation, input));
    },
  };
  const described = new Map<string, Promise<Table>>();
  const describe = (name: string): Promise<Table> => {
    const found = described.get(name) ?? describeTable(database, name);
    described.set(name, found);
    // A failed description is not cached.
    found.catch(() => described.delete(name));
    return found;
  };
  return {
    tables: async (stack, invokeUrl) => {
      // An update may have replaced a table by one with other keys.
      described.clear();
      const declared = stack.resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
      return Promise.all(
        declared.map(async ({ logicalId, physicalId }) => {
          const { name, partitionKey, sortKey } = await describe(physicalId);
          const collection = invokeUrl === undefined ? undefined : collectionIn(stack, name);
          return {
            logicalId,
            name,
            partitionKey,
            ...(sortKey && { sortKey }),
            ...(collection !== undefined && { collection: `${invokeUrl}${collection}` }),
          };
        }),
      );
    },
    items: async (tableName, { after, id }) => {
      const table = await describe(tableName);
      const start = after === undefined ? undefined : (JSON.parse(after) as AttributeMap);
      const page = await database.call(id === undefined ? 'Scan' : 'Query', {
        TableName: tableName,
        Limit: pageSize,
        ...(id !== undefined && keyCondition(table, id)),
        ...(start && { ExclusiveStartKey: start }),
      });
      const { LastEvaluatedKey: next } = page;
      return {
        items: (page.Items as AttributeMap[]).map((item) => rowOf(table, item)),
        ...(next !== undefined && { next: JSON.stringify(next) }),
      };
    },
    item: async (tableName, token) => {
      const { Item: item } = await database.call('GetItem', {
        TableName: tableName,
        Key: JSON.parse(token) as AttributeMap,
        ConsistentRead: true,
      });
      return item === undefined ? {} : { text: itemJson(item as AttributeMap, 'indented') };
    },
  };
};

/** Returns the path of the collection whose items are in a table. Undefined if the table belongs to no entity of the contract. */
const collectionIn = ({ outputs }: Pick<StackOverview, 'outputs'>, tableName: string): string | undefined => {
  const entity = entities.find((one) =>
    outputs.some(({ key, value }) => key === `${entityPrefix(one)}TableName` && value === tableName),
  );
  return entity && collectionOf(entity);
};

const keyCondition = ({ partitionKey: { name, type } }: Table, id: string): object => ({
  KeyConditionExpression: '#key = :id',
  ExpressionAttributeNames: { '#key': name },
  ExpressionAttributeValues: { ':id': { [type]: id } },
});

const rowOf = ({ partitionKey, sortKey }: Table, item: AttributeMap): ItemRow => {
  const keys = [partitionKey, ...(sortKey ? [sortKey] : [])];
  const line = itemJson(contentOf(item, new Set(keys.map(({ name }) => name))));
  return {
    key: keys.map(({ name, type }) => String(item[name]?.[type] ?? '')),
    preview: line.length > mostPreview ? `${line.slice(0, mostPreview)}…` : line,
    token: JSON.stringify(Object.fromEntries(keys.map(({ name }) => [name, item[name]]))),
  };
};

/**
 * Returns the attributes of an item without its key. Functions of an entity store the attributes that clients sent in a separate
 * map, and only these are returned.
 */
const contentOf = (item: AttributeMap, keys: ReadonlySet<string>): AttributeMap => {
  const attributes = item.attributes?.M;
  if (attributes !== undefined && item.writeId !== undefined) return attributes as AttributeMap;
  return Object.fromEntries(Object.entries(item).filter(([name]) => !keys.has(name)));
};

const pageSize = 25;
const mostPreview = 300;
