import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LocalError } from '../../cloudformation/errors.ts';
import { type NotHere, whyNotHere } from '../requests/hosts.ts';
import { headerPairs, splitTarget } from '../requests/raw-request.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { maxBodyBytes } from './limits.ts';

// Importing from node:http by name would load all that it exports, fetch included: 50 ms of each start.
const { createServer } = process.getBuiltinModule('node:http');

/** A listening HTTP server. */
export interface HttpServer {
  readonly port: number;
  /**
   * Accepts nothing more, lets the requests that are under way finish, for 2 seconds at most, and ends every connection,
   * kept alive or not.
   */
  stop(): Promise<void>;
}

/** Address that a server listens on, and the names that it serves beside those of the loopback interface. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
}

/** Listens on a port, 0 for a free one, and hands every request to `handle`. A taken port is PORT_TAKEN. */
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
    // Nobody waits on a connection that has ended, be it with an earlier response or by the client's will.
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
        // The client hung up before it had sent everything.
        reply.destroy();
        return;
      }
      onError(error);
      reply.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message": "Internal server error"}');
    }
  };
  // A client may send requests without waiting for responses (RFC 9112, 9.3.2): each is handled after the one before it.
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
  // Clients end what they no longer need. With a limit of the server's own, one that has been kept busy for a moment would send
  // its next request on a connection that is being closed (5 seconds is Node.js's default).
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

/** On AWS a name of another service would not lead here. */
const notServed = ({ status, message }: NotHere): HttpResponse => ({
  status,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: `${message}\n`,
});

/** Bytes that Node.js reads of the headers: more than API Gateway takes, so that the response to too many is API Gateway's. */
const maxHeaderSize = 1024 * 1024;

/** Milliseconds that requests have to finish once the server stops. */
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
  // RFC 9110, 6.4.1: these two have no content.
  const isEmpty = response.status === 204 || response.status === 304;
  const headers = response.headers.flat();
  if (!isEmpty) {
    headers.push('Content-Length', String(body.length));
  }
  reply.writeHead(response.status, headers);
  reply.end(isEmpty ? undefined : body);
};

/** Reads a request to its end. */
const read = async (message: IncomingMessage): Promise<HttpRequest> => {
  const body = await readBody(message);
  // An absolute request target (RFC 9112, 3.2.2) names the host again.
  const absolute = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  // As recorded: slashes in front of the stage count as one, for routing and in $context.path.
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

/** The body; undefined if it is too large, of which nothing is kept, but the client still gets its response. */
const readBody = (message: IncomingMessage): Promise<Buffer | undefined> => {
  const { 'content-length': length, 'transfer-encoding': coding } = message.headers;
  // RFC 9112, 6.3: a request with neither of them has no body.
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
