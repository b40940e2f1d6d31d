import { LocalError } from '../../cloudformation/errors.ts';
import { openDatabaseChannel } from './database-channel.ts';
import type { DatabaseRequest, Exchange, Reply } from './exchange.ts';
import { createHttpExchange } from './http-exchange.ts';

/** The DynamoDB behind the twin's endpoint: dynalite's process, or an endpoint that the user names. */
export interface Upstream {
  /** Sends a request and resolves with its response, whatever the status is. */
  post(request: DatabaseRequest): Promise<Reply>;
  /**
   * Sends a call of the twin itself. Rejects with a LocalError if there is no response in time: start and stop must not wait for
   * a database that hangs.
   */
  call(operation: string, input: object): Promise<{ readonly ok: boolean; readonly output: Record<string, unknown> }>;
  /** Ends all requests in progress and rejects further ones. */
  close(): void;
}

/** Address of a database: a socket for the twin's own, a URL for any other. */
export type Address = { readonly url: URL } | { readonly socketPath: string };

/** Returns the URL of a database. Throws if the database listens at a socket. */
export const urlOf = (address: Address): URL => {
  if ('url' in address) return address.url;
  throw new Error('The database listens at a socket, not at a URL.');
};

/** Creates the client of a database. `timeout` is in milliseconds, for each call of the twin itself. */
export const createUpstream = (address: () => Promise<Address>, region: string, timeout = 15_000): Upstream => {
  let closed = false;
  let channel: (ReturnType<typeof openDatabaseChannel> & { readonly socketPath: string }) | undefined;
  const overHttp = createHttpExchange(region);

  const channelTo = (socketPath: string): Exchange => {
    // A restarted database listens at another socket.
    if (channel?.socketPath === socketPath && channel.isOpen) return channel;
    channel?.close();
    channel = Object.assign(openDatabaseChannel(socketPath), { socketPath });
    return channel;
  };

  const post: Upstream['post'] = async (request) => {
    const to = await address();
    if (closed) throw new Error('the connection to DynamoDB is closed');
    return 'url' in to ? overHttp.post(to.url, request) : channelTo(to.socketPath).post(request);
  };

  return {
    post,
    async call(operation, input) {
      // The timeout begins when the database listens: the start-up time of dynalite does not count.
      const to = await address();
      const signal = AbortSignal.timeout(timeout);
      const late = Promise.withResolvers<never>();
      signal.addEventListener('abort', late.reject);
      try {
        const body = Buffer.from(JSON.stringify(input));
        const request = {
          target: `DynamoDB_20120810.${operation}`,
          contentType: 'application/x-amz-json-1.0',
          body,
          signal,
        };
        const response = await Promise.race([post(request), late.promise]);
        return { ok: response.status === 200, output: JSON.parse(response.body.toString()) };
      } catch (error) {
        if (!signal.aborted) throw error;
        const place = 'url' in to ? to.url.origin : to.socketPath;
        const message = `DynamoDB at ${place} has not responded to ${operation} within ${timeout / 1000} s`;
        throw new LocalError('DATABASE_UNREACHABLE', message, { cause: error });
      }
    },
    close() {
      closed = true;
      channel?.close();
      overHttp.close();
    },
  };
};
