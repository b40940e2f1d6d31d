import type { Agent, IncomingMessage } from 'node:http';
import { LocalError } from '../../cloudformation/errors.ts';

// Importing from node:http by name would load all that it exports, fetch included: 50 ms of each start.
const http = process.getBuiltinModule('node:http');

/** The DynamoDB that stands behind the twin's endpoint: dynalite's process or an endpoint the user names. */
export interface Upstream {
  /** Sends a request over a kept-alive connection and resolves with its answer, whatever the status. */
  post(target: string, contentType: string, body: Buffer): Promise<IncomingMessage>;
  /**
   * A call of the twin's own, by operation name. A LocalError if there is no answer in time: what starts or ends must not
   * wait for a database that hangs.
   */
  call(operation: string, input: object): Promise<{ readonly ok: boolean; readonly output: Record<string, unknown> }>;
  /** Ends every request that is under way, and refuses further ones. */
  close(): void;
}

/** Where a database listens: at a URL, or at a socket of the file system. */
export interface Address {
  readonly url: URL;
  readonly socketPath?: string;
}

/** `timeout` is what a call of the twin's own may take, in milliseconds. */
export const createUpstream = (address: () => Promise<Address>, region: string, timeout = 15_000): Upstream => {
  let closed = false;
  const plain = { request: http.request, agent: new http.Agent(connections) };
  let secure: { request: typeof http.request; agent: Agent } | undefined;
  const clientFor = (to: URL): typeof plain => {
    if (to.protocol === 'http:') return plain;
    const https = process.getBuiltinModule('node:https');
    secure ??= { request: https.request, agent: new https.Agent(connections) };
    return secure;
  };
  const authorization = `AWS4-HMAC-SHA256 Credential=twin/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

  const send = (
    { url, socketPath }: Address,
    headers: Record<string, string | number>,
    body: Buffer,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      if (closed) throw new Error('the connection to DynamoDB is closed');
      const client = clientFor(url);
      const options = { method: 'POST', agent: client.agent, headers, ...(socketPath !== undefined && { socketPath }) };
      // Sent once, whatever happens: the database may have done what a connection that breaks does not say.
      client
        .request(url, { ...options, ...(signal && { signal }) }, resolve)
        .on('error', reject)
        .end(body);
    });

  const post = async (target: string, contentType: string, body: Buffer, signal?: AbortSignal): Promise<IncomingMessage> =>
    send(
      await address(),
      {
        'Content-Type': contentType,
        'Content-Length': body.length,
        'X-Amz-Target': target,
        'X-Amz-Date': '20260101T000000Z',
        // The twin has checked the caller. One identity for all, since DynamoDB Local keeps tables by access key id.
        Authorization: authorization,
      },
      body,
      signal,
    );

  return {
    post,
    async call(operation, input) {
      // Its time begins when there is a database to ask: how long dynalite takes to start is not for this call to judge.
      const { url } = await address();
      const signal = AbortSignal.timeout(timeout);
      try {
        const body = Buffer.from(JSON.stringify(input));
        const answer = await post(`DynamoDB_20120810.${operation}`, 'application/x-amz-json-1.0', body, signal);
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        return { ok: answer.statusCode === 200, output: JSON.parse(Buffer.concat(chunks).toString()) };
      } catch (error) {
        if (!signal.aborted) throw error;
        const message = `DynamoDB at ${url.origin} has not answered ${operation} within ${timeout / 1000} s`;
        throw new LocalError('DATABASE_UNREACHABLE', message, { cause: error });
      }
    },
    close() {
      closed = true;
      plain.agent.destroy();
      secure?.agent.destroy();
    },
  };
};

/** Idle connections end after 4 seconds: sooner than servers close them, which would break the request that comes just then. */
const connections = { keepAlive: true, timeout: 4000 };
