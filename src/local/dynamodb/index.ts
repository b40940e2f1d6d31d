import { LocalError } from '../errors.ts';
import { startDynalite } from './dynalite-process.ts';
import { startEndpoint } from './endpoint.ts';
import { createTable, type TableConfiguration } from './tables.ts';
import { createUpstream } from './upstream.ts';

/** Amazon DynamoDB in the twin: the endpoint that functions call, in front of dynalite or of an endpoint the user names. */
export interface DynamoDb {
  /** `http://127.0.0.1:PORT`, what functions get as `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly endpoint: string;
  /** Process of the built-in database. */
  readonly pid: number | undefined;
  /** Tables of the stack by name, with the properties of their resource. */
  readonly tables: ReadonlyMap<string, TableConfiguration>;
  createTable(table: TableConfiguration): Promise<{ readonly arn: string }>;
  /** Deletes a table in memory; one on disk or at an endpoint of the user's outlives the stack. */
  deleteTable(tableName: string): Promise<void>;
  stop(): Promise<void>;
}

export interface DynamoDbOptions {
  readonly region: string;
  readonly accountId: string;
  /** Folder that keeps the tables; they are in memory without one. */
  readonly data?: string;
  /** A DynamoDB-compatible endpoint to use instead of dynalite, such as `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** Milliseconds that the database may take to answer a call of the twin's own. */
  readonly timeout?: number;
  /** Told when the database has ended by itself. */
  onFault?(message: string): void;
}

/**
 * Starts DynamoDB. Resolves as soon as the endpoint listens; requests wait until the database behind it does. That a data
 * folder is in use shows when the first table is created.
 */
export const createDynamoDb = async (options: DynamoDbOptions): Promise<DynamoDb> => {
  const { region, data, endpoint: userEndpoint, onFault = console.error } = options;
  const dynalite = userEndpoint === undefined ? startDynalite({ ...options, onFault }) : undefined;
  const url = dynalite?.url ?? userUrl(userEndpoint ?? '');
  const upstream = createUpstream(url, region, options.timeout);
  const endpoint = await startEndpoint(upstream, region).catch(async (error: unknown) => {
    await dynalite?.stop();
    throw error;
  });
  const tables = new Map<string, TableConfiguration>();
  const place = userEndpoint ?? data ?? 'memory';
  const remedy =
    userEndpoint === undefined
      ? 'Remove the folder, which deletes its items, or name another one with --data.'
      : 'Delete the table there, or name another endpoint.';

  return {
    endpoint: endpoint.url,
    get pid() {
      return dynalite?.pid;
    },
    tables,
    async createTable(table) {
      const { tableName, partition = 'aws', accountId } = table;
      if (tables.has(tableName)) {
        const message = `Table already exists: ${tableName}. Give each table a name of its own.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      await createTable(upstream, table, { place, remedy }).catch((error: unknown) => {
        throw userEndpoint === undefined ? error : unreachable(userEndpoint, error);
      });
      tables.set(tableName, table);
      return { arn: `arn:${partition}:dynamodb:${table.region}:${accountId}:table/${tableName}` };
    },
    async deleteTable(tableName) {
      tables.delete(tableName);
      if (place !== 'memory') return;
      // Without an answer the database has ended, and its tables with it.
      await upstream.call('DeleteTable', { TableName: tableName }).catch(() => {});
    },
    async stop() {
      await endpoint.close();
      upstream.close();
      await dynalite?.stop();
    },
  };
};

/** What keeps the twin from its user's endpoint, as a fault that names the option. */
const unreachable = (endpoint: string, error: unknown): unknown => {
  const remedy = 'Start a DynamoDB there, name another endpoint with --dynamodb-endpoint, or leave the option out.';
  if (error instanceof LocalError) {
    return error.code === 'DATABASE_UNREACHABLE' ? new LocalError(error.code, `${error.message}. ${remedy}`) : error;
  }
  // A host name with several addresses fails with one error for each and no message of its own.
  const { message, code = 'no connection' } = error as NodeJS.ErrnoException;
  const reason = error instanceof SyntaxError ? 'what answers there is no DynamoDB' : message || code;
  const text = `DynamoDB endpoint ${endpoint} cannot be used: ${reason}. ${remedy}`;
  return new LocalError('DATABASE_UNREACHABLE', text, { cause: error });
};

const userUrl = (endpoint: string): (() => Promise<URL>) => {
  const url = URL.parse(endpoint);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    const message = `DynamoDB endpoint ${endpoint} is not a URL. Give one such as http://127.0.0.1:8000.`;
    throw new LocalError('INVALID_PARAMETER', message);
  }
  return async () => url;
};
