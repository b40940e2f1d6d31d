import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LocalError } from '../../cloudformation/errors.ts';
import { type NotHere, whyNotHere } from '../requests/hosts.ts';
import { headerPairs, splitTarget } from '../requests/raw-request.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { maxBodyBytes } from './limits.ts';

// Importing from node:http by name would load all its exports, fetch included, which adds 50 ms to each start.
const { createServer } = process.getBuiltinModule('node:http');

/** A listening HTTP server. */
export interface HttpServer {
  readonly port: number;
  /**
   * Stops accepting connections, waits at most 2 seconds for requests in progress, and closes every connection, also those that
   * are kept alive.
   */
  stop(): Promise<void>;
}

/** Address of a server, and the host names that it accepts in addition to those of the loopback interface. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
}

/**
 * Listens on a port, 0 for a free one, and passes every request to `handle`. Throws a LocalError PORT_TAKEN if the port is taken.
 */
export const listen = async (
  { host, port, allowedHosts }: Listener,
  handle: (request: HttpRequest) => Promise<HttpResponse>,
  onError: (error: unknown) => void,
): Promise<HttpServer> => {
  let stopping = false;
  const underWay = new Set<ServerResponse>();
  const done = (reply: ServerResponse): void => {
    underWay.delete(reply);
    if (stopping && underWay.size === 0) server.closeAllConnections();
  };
  const serve = async (message: IncomingMessage, reply: ServerResponse): Promise<void> => {
    // The connection is closed, by an earlier response or by the client: a response would not be received.
    if (!message.socket.writable) {
      done(reply);
      return;
    }
    try {
      const request = await read(message);
      const fault = whyNotHere(request.headers, allowedHosts);
      const response = fault === undefined ? await handle(request) : notServed(fault);
      send(reply, stopping ? { ...response, headers: [...response.headers, ['Connection', 'close']] } : response);
    } catch (error) {
      if (!message.complete) {
        // The client closed the connection before it sent the whole request.
        reply.destroy();
        return;
      }
      onError(error);
      reply.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message": "Internal server error"}');
    }
  };
  // A client may send requests without waiting for responses (RFC 9112, 9.3.2). Each is handled after the previous one.
  const turns = new WeakMap<Socket, Promise<void>>();
  const server = createServer({ maxHeaderSize }, (message, reply) => {
    underWay.add(reply);
    reply.once('close', () => done(reply));
    const before = turns.get(message.socket) ?? Promise.resolve();
    turns.set(
      message.socket,
      before.then(() => serve(message, reply)),
    );
  });
  // Clients close idle connections. With a limit on the server, a busy client could send its next request on a connection that
  // the server is closing (5 seconds is Node.js's default).
  server.keepAliveTimeout = 0;
  await listening(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        const bound = setTimeout(() => server.closeAllConnections(), stopTimeout);
        server.close(() => {
          clearTimeout(bound);
          resolve();
        });
        if (underWay.size === 0) server.closeAllConnections();
      }),
  };
};

/** Returns the response to a request whose host name would not reach this service on AWS. */
const notServed = ({ status, message }: NotHere): HttpResponse => ({
  status,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: `${message}\n`,
});

/** Bytes of headers that Node.js reads. It exceeds API Gateway's limit, so that the twin can return API Gateway's response. */
const maxHeaderSize = 1024 * 1024;

/** Milliseconds in which requests can finish after the server stops. */
const stopTimeout = 2000;

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        isTaken
          ? new LocalError(
              'PORT_TAKEN',
              `Port ${port} is ${error.code === 'EACCES' ? 'not allowed for this user' : 'taken by another program'}: choose another with --port, or --port 0 for a free one`,
              { cause: error },
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });

const send = (reply: ServerResponse, response: HttpResponse): void => {
  const body = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
  // RFC 9110, 6.4.1: responses with these statuses have no content.
  const isEmpty = response.status === 204 || response.status === 304;
  const headers = response.headers.flat();
  if (!isEmpty) {
    headers.push('Content-Length', String(body.length));
  }
  reply.writeHead(response.status, headers);
  reply.end(isEmpty ? undefined : body);
};

/** Reads a whole request. */
const read = async (message: IncomingMessage): Promise<HttpRequest> => {
  const body = await readBody(message);
  // An absolute request target (RFC 9112, 3.2.2) repeats the host.
  const absolute = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  // As recorded: slashes before the stage count as one, for routing and in $context.path.
  const target = absolute.replace(/^\/{2,}/, '/');
  return {
    method: message.method ?? 'GET',
    ...splitTarget(target),
    headers: headerPairs(message.rawHeaders),
    body,
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    protocol: `HTTP/${message.httpVersion}`,
    receivedAt: new Date(),
  };
};

/** Reads the body. Returns undefined if it is too large: nothing is kept, and the client still gets its response. */
const readBody = (message: IncomingMessage): Promise<Buffer | undefined> => {
  const { 'content-length': length, 'transfer-encoding': coding } = message.headers;
  // RFC 9112, 6.3: a request without both headers has no body.
  if (length === undefined && coding === undefined) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) chunks.length = 0;
      else chunks.push(chunk);
    });
    message.on('end', () => resolve(size > maxBodyBytes ? undefined : Buffer.concat(chunks)));
    message.on('error', reject);
    message.on('close', () => reject(new Error('the client hung up')));
  });
};
