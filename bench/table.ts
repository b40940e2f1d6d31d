import { parseItem } from '../src/functions/typescript/item.ts';
import type { NewItem } from '../src/functions/typescript/stored-item.ts';
import { startDynalite } from '../src/twin/dynamodb/dynalite-process.ts';
import { createTable } from '../src/twin/dynamodb/tables.ts';
import { createUpstream, type Upstream, urlOf } from '../src/twin/dynamodb/upstream.ts';
import { item } from './events.ts';

/** A table in dynalite, for contenders that need a DynamoDB. */
export interface Table {
  readonly name: string;
  readonly region: string;
  /** URL of the endpoint, without TLS. */
  readonly url: URL;
  readonly upstream: Upstream;
  stop(): Promise<void>;
}

export interface TableOptions {
  readonly name?: string;
  /** Folder in which the table is stored, as in the twin. Without it, the table is in memory. */
  readonly data?: string;
}

/** Starts dynalite with a table, which is empty unless the folder already has a table of this name. */
export const startTable = async ({ name = 'items-bench', data }: TableOptions = {}): Promise<Table> => {
  const dynalite = startDynalite({
    region,
    accountId,
    onFault: console.error,
    isOpen: true,
    ...(data !== undefined && { data }),
  });
  const upstream = createUpstream(dynalite.address, region);
  const stop = async (): Promise<void> => {
    upstream.close();
    await dynalite.stop();
  };
  const input = {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
  try {
    await createTable(upstream, { tableName: name, region, accountId, input }, { place: 'dynalite', remedy: '' });
    return { name, region, url: urlOf(await dynalite.address()), upstream, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const region = 'us-east-1';
const accountId = '123456789012';

/** Writes items with the numbers from `from` to before `to`, as CreateItem stores them. `idOf` returns their ids. */
export const fill = async ({ name, upstream }: Table, from: number, to: number): Promise<void> => {
  let next = from;
  const writer = async (): Promise<void> => {
    while (next < to) {
      const begin = next;
      next = Math.min(to, begin + batch);
      const requests = Array.from({ length: next - begin }, (_, index) => ({ PutRequest: { Item: stored(begin + index) } }));
      const { ok, output } = await upstream.call('BatchWriteItem', { RequestItems: { [name]: requests } });
      if (!ok) throw new Error(`BatchWriteItem was answered with ${JSON.stringify(output)}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
};

/** Limit of BatchWriteItem, RequestItems. */
const batch = 25;

export const idOf = (number: number): string => `item-${number}`;

const { attributes } = parseItem(JSON.stringify(item));
const createdAt = { S: '2026-11-26T12:00:00.000Z' };
const writeId = { S: 'k2hQ0tQmT1u0c3hXo5bX7Q' };
const stored = (number: number): NewItem => ({
  id: { S: idOf(number) },
  version: { N: '1' },
  createdAt,
  updatedAt: createdAt,
  attributes: { M: attributes },
  writeId,
  createId: writeId,
});
