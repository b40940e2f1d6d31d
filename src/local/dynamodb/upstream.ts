import type { Agent, IncomingMessage } from 'node:http';
import { LocalError } from '../../cloudformation/errors.ts';
import { openDatabaseChannel } from './database-channel.ts';

// Importing from node:http by name would load all that it exports, fetch included: 50 ms of each start.
const http = process.getBuiltinModule('node:http');

/** The DynamoDB that stands behind the twin's endpoint: dynalite's process or an endpoint the user names. */
export interface Upstream {
  /** Sends a request and resolves with its answer, whatever the status. */
  post(request: DatabaseRequest): Promise<Reply>;
  /**
   * A call of the twin's own, by operation name. A LocalError if there is no answer in time: what starts or ends must not
   * wait for a database that hangs.
   */
  call(operation: string, input: object): Promise<{ readonly ok: boolean; readonly output: Record<string, unknown> }>;
  /** Ends every request that is under way, and refuses further ones. */
  close(): void;
}

/** A request that the database gets. */
export interface DatabaseRequest {
  /** `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Gives up a request over HTTP. */
  readonly signal?: AbortSignal;
}

/** What the database answered. */
export interface Reply {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A way to the database, kept open between requests. */
export interface Exchange {
  post(request: DatabaseRequest): Promise<Reply>;
  close(): void;
}

/** Where a database listens: the twin's own at a socket, any other at a URL. */
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
        const answer = await Promise.race([post(request), late.promise]);
        return { ok: answer.status === 200, output: JSON.parse(answer.body.toString()) };
      } catch (error) {
        if (!signal.aborted) throw error;
        const place = 'url' in to ? to.url.origin : to.socketPath;
        const message = `DynamoDB at ${place} has not answered ${operation} within ${timeout / 1000} s`;
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

/** Asks a database over HTTP, for the endpoints of users. */
const createHttpExchange = (region: string) => {
  const plain = { request: http.request, agent: new http.Agent(connections) };
  let secure: { request: typeof http.request; agent: Agent } | undefined;
  const clientFor = (to: URL): typeof plain => {
    if (to.protocol === 'http:') return plain;
    const https = process.getBuiltinModule('node:https');
    secure ??= { request: https.request, agent: new https.Agent(connections) };
    return secure;
  };
  // The twin has checked the caller. One identity for all, since DynamoDB Local keeps tables by access key id.
  const authorization = `AWS4-HMAC-SHA256 Credential=twin/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    async post(url: URL, { target, contentType, body, signal }: DatabaseRequest): Promise<Reply> {
      const { request, agent } = clientFor(url);
      const headers = {
        'Content-Type': contentType,
        'Content-Length': body.length,
        'X-Amz-Target': target,
        'X-Amz-Date': '20260101T000000Z',
        Authorization: authorization,
      };
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        // Sent once, whatever happens: the database may have done what a connection that breaks does not say.
        request(url, { method: 'POST', agent, headers, ...(signal && { signal }) }, resolve)
          .on('error', reject)
          .end(body);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      return { status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) };
    },
    close() {
      plain.agent.destroy();
      secure?.agent.destroy();
    },
  };
};

/** Idle connections end after 4 seconds: sooner than servers close them, which would break the request that comes just then. */
const connections = { keepAlive: true, timeout: 4000 };
