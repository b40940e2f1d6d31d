import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { authenticate } from './authenticate.ts';
import type { Upstream } from './upstream.ts';

// Importing from node:http by name would load all that it exports, fetch included: 50 ms of each start.
const { createServer } = process.getBuiltinModule('node:http');

/** The endpoint that functions call: it decides whether a request may pass, and passes it on as it is. */
export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

export const startEndpoint = async (upstream: Upstream, region: string): Promise<Endpoint> => {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/')
      send(response, 200, 'text/plain', `healthy: dynamodb.${region}.amazonaws.com `);
    else if (request.method === 'POST') void handle(request, response, upstream);
    else send(response, 404, 'text/plain', '<UnknownOperationException/>\n');
  });
  // A connection that a function opened in INIT may wait as long as its environment is idle.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const handle = async (request: IncomingMessage, response: ServerResponse, upstream: Upstream): Promise<void> => {
  try {
    const body = await read(request);
    if (body === undefined) {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const refusal = authenticate(request);
    if (refusal !== undefined) {
      const { type, message } = refusal;
      send(response, 400, jsonType, JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
      return;
    }
    const answer = await upstream.post(
      String(request.headers['x-amz-target'] ?? ''),
      request.headers['content-type'] ?? '',
      body,
    );
    response.writeHead(answer.statusCode ?? 500, passedOn(answer));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  } catch {
    // The database is gone or not there: retryable for clients, as on AWS. Who started the twin is told why elsewhere.
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, 500, jsonType, internalServerError);
  }
};

const passedOn = (answer: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const name of ['x-amzn-requestid', 'x-amz-crc32', 'content-type', 'content-length']) {
    const value = answer.headers[name];
    if (typeof value === 'string') headers[name === 'x-amzn-requestid' ? 'x-amzn-RequestId' : name] = value;
  }
  return headers;
};

const send = (response: ServerResponse, status: number, contentType: string, body: string): void => {
  response
    .writeHead(status, {
      'x-amzn-RequestId': requestId(),
      'x-amz-crc32': crc32(body),
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
};

/** The body, or nothing if it is larger than DynamoDB takes. */
const read = (request: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxRequestBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });

const requestId = (): string =>
  Array.from(randomBytes(52), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.charAt(byte % 36)).join('');

const jsonType = 'application/x-amz-json-1.0';
const maxRequestBytes = 16 * 1024 * 1024;
const internalServerError = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
});
