import { LocalError } from '../../cloudformation/errors.ts';
import type { Iam } from '../iam/index.ts';
import type { Network } from '../network/index.ts';
import { type Reachability, reachability, type VpcConfig } from '../network/reachability.ts';
import { type OnWait, tellWait } from '../processes/tell-wait.ts';
import type { ServiceCalls } from '../requests/service-calls.ts';
import type { Table } from './control-plane.ts';
import { startDynalite } from './dynalite-process.ts';
import { type Arrival, type Endpoint, type EndpointServices, startEndpoint } from './endpoint.ts';
import { createTable, deleteTable, type TableConfiguration, tableArn } from './tables.ts';
import { type Address, createUpstream } from './upstream.ts';

/** Amazon DynamoDB in the twin: the endpoint that functions call, in front of dynalite or of an endpoint that the user names. */
export interface DynamoDb {
  /** `http://127.0.0.1:PORT`, the endpoint for callers outside of every VPC. */
  readonly endpoint: string;
  /** Returns the endpoint for functions in this place of the network. They receive it in `AWS_ENDPOINT_URL_DYNAMODB`. */
  endpointFor(vpcConfig: VpcConfig | undefined): Promise<string>;
  /** Process id of the built-in database. Undefined if the user names an endpoint. */
  readonly pid: number | undefined;
  /** Tables of the stack by name. */
  readonly tables: ReadonlyMap<string, Table>;
  createTable(table: TableConfiguration): Promise<{ readonly arn: string }>;
  /** Changes settings of a table, except its keys and indexes. */
  updateTable(table: TableConfiguration): void;
  /** Deletes a table in memory. A table on disk or at an endpoint of the user remains after the stack. */
  deleteTable(tableName: string): Promise<void>;
  stop(): Promise<void>;
}

export interface DynamoDbOptions {
  readonly region: string;
  readonly accountId: string;
  /** `aws` if undefined. */
  readonly partition?: string;
  /** Identities whose signatures are valid, and their permissions. */
  readonly iam: Iam;
  /** Network through which packets of functions in a VPC reach the endpoint. */
  readonly network: Network;
  /** Receives the calls that functions make. */
  readonly calls?: ServiceCalls;
  /** Returns true if the records of calls must include conditions and the statements that allow the calls. */
  readonly isObserved?: () => boolean;
  /** Folder of the tables. Tables are in memory if it is undefined. */
  readonly data?: string;
  /** Recovers the readable items of a damaged data folder. */
  readonly repair?: boolean;
  /** A DynamoDB-compatible endpoint to use instead of dynalite, such as `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** Milliseconds after which a call of the twin itself fails if the database has not responded. */
  readonly timeout?: number;
  readonly onWait?: OnWait;
  /** Called with a message when the database ends unexpectedly or runs again, and when data was lost or repaired. */
  onFault?(message: string): void;
}

/**
 * Starts DynamoDB. Resolves as soon as the endpoint listens; requests wait until the database does. If another process uses the
 * data folder, the creation of the first table fails.
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
        const message = `Table already exists: ${tableName}. Use a different name for each table.`;
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
      // Without a response, the database has ended, and its tables in memory are gone.
      await deleteTable(upstream, tableName).catch(() => {});
    },
    async stop() {
      await endpoints.close();
      upstream.close();
      await dynalite?.stop();
    },
  };
};

/** Creates one endpoint for each place in the network that functions run in, on first use. */
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
    return paths.length > 0 ? { paths } : { unreachable: 'there is no network path' };
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

/** Returns undefined if the subnets have been deleted during a request: then no destination is reachable. */
const stillReachable = (...place: Parameters<typeof reachability>): Reachability | undefined => {
  try {
    return reachability(...place);
  } catch (error) {
    if (error instanceof LocalError) return undefined;
    throw error;
  }
};

/** Returns the error for a user's endpoint that cannot be used. The message names the option. */
const unreachable = (endpoint: string, error: unknown): unknown => {
  const remedy = 'Start a DynamoDB there, name another endpoint with --dynamodb-endpoint, or leave the option out.';
  if (error instanceof LocalError) {
    return error.code === 'DATABASE_UNREACHABLE' ? new LocalError(error.code, `${error.message}. ${remedy}`) : error;
  }
  // The error for a host name with several addresses contains one error for each, and has no message.
  const { message, code = 'no connection' } = error as NodeJS.ErrnoException;
  const reason = error instanceof SyntaxError ? 'the server is not a DynamoDB endpoint' : message || code;
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
