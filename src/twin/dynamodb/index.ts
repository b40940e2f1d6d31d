import { LocalError } from '../../cloudformation/errors.ts';
import type { Iam } from '../iam/index.ts';
import type { Network } from '../network/index.ts';
import { type Reachability, reachability, type VpcConfig } from '../network/reachability.ts';
import { type OnWait, tellWait } from '../processes/tell-wait.ts';
import type { ServiceCalls } from '../requests/service-calls.ts';
import type { Table } from './control-plane.ts';
import { startDynalite } from './dynalite-process.ts';
import { type Arrival, type Endpoint, type EndpointServices, startEndpoint } from './endpoint.ts';
import { createTable, type TableConfiguration, tableArn } from './tables.ts';
import { type Address, createUpstream } from './upstream.ts';

/** Amazon DynamoDB in the twin: the endpoint that functions call, in front of dynalite or of an endpoint the user names. */
export interface DynamoDb {
  /** `http://127.0.0.1:PORT`, the endpoint for whoever stands outside of every VPC. */
  readonly endpoint: string;
  /** The endpoint for functions in this place of the network, which get it as `AWS_ENDPOINT_URL_DYNAMODB`. */
  endpointFor(vpcConfig: VpcConfig | undefined): Promise<string>;
  /** Process of the built-in database. */
  readonly pid: number | undefined;
  /** Tables of the stack by name. */
  readonly tables: ReadonlyMap<string, Table>;
  createTable(table: TableConfiguration): Promise<{ readonly arn: string }>;
  /** Changes settings of a table that are not of its keys and indexes. */
  updateTable(table: TableConfiguration): void;
  /** Deletes a table in memory; one on disk or at an endpoint of the user's outlives the stack. */
  deleteTable(tableName: string): Promise<void>;
  stop(): Promise<void>;
}

export interface DynamoDbOptions {
  readonly region: string;
  readonly accountId: string;
  /** `aws` without one. */
  readonly partition?: string;
  /** Identities whose signatures are valid, and their permissions. */
  readonly iam: Iam;
  /** Network through which packets of functions in a VPC arrive here. */
  readonly network: Network;
  /** Told of the calls that functions make. */
  readonly calls?: ServiceCalls;
  /** True if what allowed a call, and its condition, are to be told, too. */
  readonly isObserved?: () => boolean;
  /** Folder that keeps the tables; they are in memory without one. */
  readonly data?: string;
  /** Recovers the readable items of a damaged data folder. */
  readonly repair?: boolean;
  /** A DynamoDB-compatible endpoint to use instead of dynalite, such as `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** Milliseconds that the database may take to respond to a call of the twin's own. */
  readonly timeout?: number;
  readonly onWait?: OnWait;
  /** Told when the database has ended by itself. */
  onFault?(message: string): void;
}

/**
 * Starts DynamoDB. Resolves as soon as the endpoint listens; requests wait until the database behind it does. That a data
 * folder is in use shows when the first table is created.
 */
export const createDynamoDb = async (options: DynamoDbOptions): Promise<DynamoDb> => {
  const { region, accountId, partition = 'aws', data, endpoint: userEndpoint, onFault = console.error } = options;
  const dynalite = userEndpoint === undefined ? startDynalite({ ...options, onFault }) : undefined;
  const address = dynalite?.address ?? userAddress(userEndpoint ?? '');
  const upstream = createUpstream(address, region, options.timeout);
  const tables = new Map<string, Table>();
  const place = { partition, region, accountId };
  const { iam, network, calls = new Map(), isObserved = () => false } = options;
  const endpoints = createEndpoints({ place, credentials: iam.credentials, tables, upstream, calls, isObserved }, network);
  const endpoint = await endpoints.for(undefined).catch(async (error: unknown) => {
    await dynalite?.stop();
    throw error;
  });
  const store = userEndpoint ?? data ?? 'memory';
  const remedy =
    userEndpoint === undefined
      ? 'Remove the folder, which deletes its items, or name another one with --data.'
      : 'Delete the table there, or name another endpoint.';

  const keep = (table: TableConfiguration): void => {
    const deletionProtectionEnabled = table.input.DeletionProtectionEnabled === true;
    tables.set(table.tableName, { configuration: table, deletionProtectionEnabled });
  };

  return {
    endpoint,
    endpointFor: endpoints.for,
    get pid() {
      return dynalite?.pid;
    },
    tables,
    async createTable(table) {
      const { tableName } = table;
      if (tables.has(tableName)) {
        const message = `Table already exists: ${tableName}. Give each table a name of its own.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      const creation = createTable(upstream, table, { place: store, remedy });
      const database = userEndpoint === undefined ? 'the database' : `the DynamoDB endpoint ${userEndpoint}`;
      await tellWait(creation, `waiting for ${database} to create the table ${tableName}`, options.onWait).catch(
        (error: unknown) => {
          throw userEndpoint === undefined ? error : unreachable(userEndpoint, error);
        },
      );
      keep(table);
      return { arn: tableArn(table) };
    },
    updateTable: keep,
    async deleteTable(tableName) {
      tables.delete(tableName);
      if (store !== 'memory') return;
      // Without a response the database has ended, and its tables with it.
      await upstream.call('DeleteTable', { TableName: tableName }).catch(() => {});
    },
    async stop() {
      await endpoints.close();
      upstream.close();
      await dynalite?.stop();
    },
  };
};

/** One endpoint for each place in the network that functions stand in, begun when the first one asks. */
const createEndpoints = (services: EndpointServices, network: Network) => {
  const endpoints = new Map<string, Promise<Endpoint>>();
  const service = { name: 'dynamodb', region: services.place.region } as const;
  const arrival = (vpcConfig: VpcConfig | undefined): Arrival => {
    const found = stillReachable(network, vpcConfig, service);
    if (!found?.reachable) return { unreachable: found?.reason ?? 'its subnets are deleted' };
    const paths = found.via.map(({ kind, id }) => {
      const vpcEndpoint = kind === 'gateway-endpoint' ? network.vpcEndpoints.get(id) : undefined;
      return { ...(kind !== 'no-vpc' && { via: `the ${exits[kind]} ${id}` }), ...(vpcEndpoint && { vpcEndpoint }) };
    });
    return paths.length > 0 ? { paths } : { unreachable: 'no path leads there' };
  };
  return {
    async for(vpcConfig: VpcConfig | undefined): Promise<string> {
      const key = JSON.stringify(vpcConfig ?? null);
      const endpoint = endpoints.get(key) ?? startEndpoint(services, () => arrival(vpcConfig));
      endpoints.set(key, endpoint);
      return (await endpoint).url;
    },
    async close(): Promise<void> {
      for (const started of await Promise.allSettled(endpoints.values()))
        if (started.status === 'fulfilled') await started.value.close();
    },
  };
};

const exits = { 'gateway-endpoint': 'gateway endpoint', 'nat-gateway': 'NAT gateway' } as const;

/** Nothing leads anywhere from subnets that are deleted under a request. */
const stillReachable = (...place: Parameters<typeof reachability>): Reachability | undefined => {
  try {
    return reachability(...place);
  } catch (error) {
    if (error instanceof LocalError) return undefined;
    throw error;
  }
};

/** Returns the fault of a user's endpoint that the twin cannot use; it names the option. */
const unreachable = (endpoint: string, error: unknown): unknown => {
  const remedy = 'Start a DynamoDB there, name another endpoint with --dynamodb-endpoint, or leave the option out.';
  if (error instanceof LocalError) {
    return error.code === 'DATABASE_UNREACHABLE' ? new LocalError(error.code, `${error.message}. ${remedy}`) : error;
  }
  // A host name with several addresses fails with one error for each and no message of its own.
  const { message, code = 'no connection' } = error as NodeJS.ErrnoException;
  const reason = error instanceof SyntaxError ? 'the server there is no DynamoDB' : message || code;
  const text = `DynamoDB endpoint ${endpoint} cannot be used: ${reason}. ${remedy}`;
  return new LocalError('DATABASE_UNREACHABLE', text, { cause: error });
};

const userAddress = (endpoint: string): (() => Promise<Address>) => {
  const url = URL.parse(endpoint);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    const message = `DynamoDB endpoint ${endpoint} is not a URL. Give one such as http://127.0.0.1:8000.`;
    throw new LocalError('INVALID_PARAMETER', message);
  }
  return async () => ({ url });
};
