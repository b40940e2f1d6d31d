import { startDynalite } from '../../src/twin/dynamodb/dynalite-process.ts';
import { createUpstream, type Upstream } from '../../src/twin/dynamodb/upstream.ts';

/** The DynamoDB of all deployments of an edition. It can be read and written without functions. */
export interface Database {
  readonly upstream: Upstream;
  readonly region: string;
  readonly accountId: string;
  /** Reads an item in DynamoDB's JSON, as the table stores it. */
  read(id: string): Promise<object | undefined>;
  /** Puts an item in DynamoDB's JSON, without a condition. */
  write(item: object): Promise<void>;
  stop(): Promise<void>;
}

export const startDatabase = (onFault: (message: string) => void): Database => {
  const region = 'us-east-1';
  const accountId = '123456789012';
  const dynalite = startDynalite({ region, accountId, onFault });
  const upstream = createUpstream(dynalite.address, region);
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { ok, output } = await upstream.call(operation, input);
    if (!ok) throw new Error(`${operation} failed: ${JSON.stringify(output)}`);
    return output;
  };
  let known: Promise<string> | undefined;
  /** The deployments share one table. It exists once there is a deployment. */
  const tableName = (): Promise<string> => {
    known ??= call('ListTables', {}).then(({ TableNames: [name] = [] }: { TableNames?: string[] }) => name ?? '');
    return known;
  };
  return {
    upstream,
    region,
    accountId,
    async read(id) {
      const output = await call('GetItem', { TableName: await tableName(), Key: { id: { S: id } }, ConsistentRead: true });
      return output.Item as object | undefined;
    },
    async write(item) {
      await call('PutItem', { TableName: await tableName(), Item: item });
    },
    async stop() {
      upstream.close();
      await dynalite.stop();
    },
  };
};
