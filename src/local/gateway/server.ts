import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from './http.ts';

/** A listening HTTP server. */
export interface HttpServer {
  readonly port: number;
  /** Ends the server and every connection, kept alive or not. */
  stop(): Promise<void>;
}

/** Listens on a port, 0 for a free one, and hands every request to `handle`. A taken port is PORT_TAKEN. */
export const listen = async (
  { host, port }: { readonly host: string; readonly port: number },
  handle: (request: HttpRequest) => Promise<HttpResponse>,
  onError: (error: unknown) => void,
): Promise<HttpServer> => {
  const server = createServer((message, reply) => {
    answer(message, reply, handle).catch((error: unknown) => {
      if (!message.complete) {
        // The client hung up before it had sent everything.
        reply.destroy();
        return;
      }
      onError(error);
      reply.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message": "Internal server error"}');
    });
  });
  await listening(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Bytes of a body that API Gateway takes. */
const maxBody = 10 * 1024 * 1024;

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

const answer = async (
  message: IncomingMessage,
  reply: ServerResponse,
  handle: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<void> => {
  const response = await handle(await read(message));
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

/** Reads a request to its end; of a body that is too large nothing is kept, but the client still gets its answer. */
const read = async (message: IncomingMessage): Promise<HttpRequest> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maxBody) {
      chunks.length = 0;
    } else {
      chunks.push(chunk);
    }
  }
  // An absolute request target (RFC 9112, 3.2.2) names the host again.
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const queryStart = target.indexOf('?');
  const { rawHeaders } = message;
  return {
    method: message.method ?? 'GET',
    path: queryStart === -1 ? target : target.slice(0, queryStart),
    query: queryStart === -1 ? '' : target.slice(queryStart + 1),
    headers: rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [])),
    body: size > maxBody ? undefined : Buffer.concat(chunks),
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    protocol: `HTTP/${message.httpVersion}`,
    receivedAt: new Date(),
  };
};
