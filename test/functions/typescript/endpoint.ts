import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/**
 * What the endpoint does with one request: responds, closes or resets the connection without a byte, or does nothing. `raw`
 * is written as it is, and the connection closed or reset.
 */
export type Reply =
  | { readonly status: number; readonly body: unknown; readonly close?: true }
  | { readonly raw: string | Buffer; readonly end: 'close' | 'reset' }
  | 'disconnect'
  | 'reset'
  | 'hang';

/** A reply, or what decides on it when the request has arrived. */
type Next = Reply | (() => Reply);

/** A request as it arrived. */
export interface Received {
  readonly target: string;
  readonly input: Record<string, unknown>;
}

/**
 * A server that stands where DynamoDB stands and replies as told, so that its bad days can be had at will.
 * It sets the environment that the functions read; import them after it.
 */
export const startEndpoint = async () => {
  const received: Received[] = [];
  let replies: Next[] = [];
  const server = createServer(async (request, response) => {
    // What anyone may ask DynamoDB; functions in Python do in INIT.
    if (request.method === 'GET') return response.end('healthy');
    received.push({ target: String(request.headers['x-amz-target']), input: JSON.parse(await textOf(request)) });
    // The last reply stands for all that follow.
    const next = replies.length > 1 ? replies.shift() : replies[0];
    const reply = typeof next === 'function' ? next() : next;
    if (reply === 'hang') return;
    if (reply === undefined || reply === 'disconnect') return request.socket.destroy();
    if (reply === 'reset') return request.socket.resetAndDestroy();
    if ('raw' in reply) {
      const { raw, end } = reply;
      return request.socket.write(raw, () => (end === 'close' ? request.socket.end() : request.socket.resetAndDestroy()));
    }
    if (reply.close) response.setHeader('connection', 'close');
    response.writeHead(reply.status).end(JSON.stringify(reply.body));
  });
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    TABLE_NAME: 'items',
  });
  // Another test file of this worker may have imported the functions, with an environment of its own.
  vi.resetModules();
  return {
    received,
    /** How many connections there have been. */
    connections: () => connections,
    /** Says how the next requests are answered, and forgets those before. */
    will(...next: Next[]) {
      replies = next;
      received.length = 0;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** An error as DynamoDB writes it. */
export const exception = (type: string, extra: object = {}, status = 400): Reply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `${type} happened`, ...extra },
});

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
};
