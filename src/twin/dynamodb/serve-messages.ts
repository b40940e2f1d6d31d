import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { encodeMessage, readMessages } from '../processes/messages.ts';

/** Head of a request to the database. The body is the input of the operation. */
export interface Question {
  readonly id: number;
  /** `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: string;
}

/**
 * Makes dynalite's server accept messages in place of HTTP, and handle them as requests. Returns a function that closes all
 * connections.
 */
export const serveMessages = (server: Server): (() => void) => {
  const sockets = new Set<Socket>();
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // The twin has ended, and this process ends with it.
    socket.on('error', () => {});
    readMessages<Question>(socket, Number.POSITIVE_INFINITY, ({ id, target, contentType }, body) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        // The twin has authenticated the caller. dynalite checks only that these headers exist.
        headers: { 'content-type': contentType, 'x-amz-target': target, 'x-amz-date': '20260101T000000Z', authorization },
      });
      const response = createResponse((status, headers, body) => {
        socket.write(encodeMessage({ id, status, headers }, body));
      });
      server.emit('request', request, response);
      request.emit('data', body);
      request.emit('end');
    });
  });
  return () => sockets.forEach((socket) => void socket.destroy());
};

const authorization = 'AWS4-HMAC-SHA256 Credential=twin, SignedHeaders=host, Signature=0';

type Headers = Record<string, string>;

/** Creates a response with the methods of Node.js's response that dynalite uses. */
const createResponse = (onEnd: (status: number, headers: Headers, body: string) => void) => {
  const headers: Headers = {};
  return {
    statusCode: 200,
    setHeader(name: string, value: string | number) {
      headers[name.toLowerCase()] = String(value);
    },
    writeHead(status: number, more: Readonly<Record<string, string | number>>) {
      this.statusCode = status;
      for (const [name, value] of Object.entries(more)) this.setHeader(name, value);
      return this;
    },
    end(body = '') {
      onEnd(this.statusCode, headers, body);
    },
  };
};
