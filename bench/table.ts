import { startDynalite } from '../src/local/dynamodb/dynalite-process.ts';
import { createTable } from '../src/local/dynamodb/tables.ts';
import { createUpstream, type Upstream } from '../src/local/dynamodb/upstream.ts';

/** A table in dynalite, for those that need a DynamoDB. */
export interface Table {
  readonly name: string;
  readonly region: string;
  /** Of the endpoint, without TLS. */
  readonly url: URL;
  readonly upstream: Upstream;
  stop(): Promise<void>;
}

/** Starts dynalite with an empty table, in memory. */
export const startTable = async (): Promise<Table> => {
  const dynalite = startDynalite({ region, accountId, onFault: console.error });
  const upstream = createUpstream(dynalite.url, region);
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
    return { name, region, url: await dynalite.url(), upstream, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const name = 'items-bench';
const region = 'us-east-1';
const accountId = '123456789012';
