import { LocalError } from '../../cloudformation/errors.ts';
import { openDatabaseChannel } from './database-channel.ts';
import type { DatabaseRequest, Exchange, Reply } from './exchange.ts';
import { createHttpExchange } from './http-exchange.ts';

/** The DynamoDB that stands behind the twin's endpoint: dynalite's process or an endpoint the user names. */
export interface Upstream {
  /** Sends a request and resolves with its response, whatever the status. */
  post(request: DatabaseRequest): Promise<Reply>;
  /**
   * A call of the twin's own, by operation name. A LocalError if there is no response in time: what starts or ends must not
   * wait for a database that hangs.
   */
  call(operation: string, input: object): Promise<{ readonly ok: boolean; readonly output: Record<string, unknown> }>;
  /** Ends every request that is under way, and rejects further ones. */
  close(): void;
}

/** Address of a database: a socket for the twin's own, a URL for any other. */
export type Address = { readonly url: URL } | { readonly socketPath: string };

/** The URL of a database that listens at one. */
export const urlOf = (address: Address): URL => {
  if ('url' in address) return address.url;
  throw new Error('The database listens at a socket, not at a URL.');
};

/** `timeout` is what a call of the twin's own may take, in milliseconds. */
export const createUpstream = (address: () => Promise<Address>, region: string, timeout = 15_000): Upstream => {
  let closed = false;
  let channel: (ReturnType<typeof openDatabaseChannel> & { readonly socketPath: string }) | undefined;
  const overHttp = createHttpExchange(region);

  const channelTo = (socketPath: string): Exchange => {
    // A database that was started again listens at another one.
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
      // Its time begins when there is a database to ask: how long dynalite takes to start is not for this call to judge.
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
