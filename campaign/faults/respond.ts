import type { Socket } from 'node:net';
import type { Call } from '../proxy/call.ts';
import { type DynamoDbResponse, encode, headOf } from '../proxy/message.ts';

/** Resolves after some milliseconds, or earlier if the connection ends. */
export const later = ({ gone }: Call, ms: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return Promise.race([promise, gone]).finally(() => clearTimeout(timer));
};

export const send = (call: Call, response: DynamoDbResponse): void => void call.socket.write(encode(response));

/** Sends a response that is not DynamoDB's. */
export const respond = (
  call: Call,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = { 'Content-Type': 'application/x-amz-json-1.0' },
): void => send(call, { status, headers, body: Buffer.from(body) });

/** Closes a connection as a server does: data that arrives afterwards is not read, and causes a reset. */
export const close = (socket: Socket, last: Buffer = Buffer.alloc(0)): void => void socket.end(last, () => socket.destroy());

/** Sends `size` bytes at a time, until all are sent or the connection ends. */
export const trickle = async (call: Call, bytes: Buffer, size: number, ms: number): Promise<void> => {
  for (let at = 0; at < bytes.length && !call.socket.destroyed; at += size) {
    call.socket.write(bytes.subarray(at, at + size));
    await later(call, ms);
  }
};

/** Returns status line and headers of a response, with its Content-Length. */
export const headWithLength = ({ status, headers, body }: DynamoDbResponse): Buffer =>
  headOf({ status, headers: { ...headers, 'Content-Length': String(body.length) } });

/** Returns status line and headers of a response whose body follows in chunks. */
export const headOfChunks = ({ status, headers }: DynamoDbResponse): Buffer =>
  headOf({ status, headers: { ...headers, 'Transfer-Encoding': 'chunked' } });

/** Returns a chunk of a body (RFC 9112, 7.1). */
export const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

export const halfOf = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));

/** Returns an error in DynamoDB's JSON. */
export const errorBody = (type: string): string =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `${type} happened` });

/** The headers of an HTML page from a load balancer. */
export const html = { 'Content-Type': 'text/html' };
export const page = '<html><body><h1>Error</h1></body></html>\n';
