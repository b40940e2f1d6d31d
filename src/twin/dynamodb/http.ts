import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';

/** Sends a response with the headers of DynamoDB's responses. */
export const send = (response: ServerResponse, status: number, contentType: string, body: string): void => {
  response
    .writeHead(status, {
      'x-amzn-RequestId': requestId(),
      'x-amz-crc32': crc32(body),
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
};

/** Reads the body. Resolves with undefined if it is larger than DynamoDB's limit of 16 MB. */
export const readBody = (request: IncomingMessage): Promise<Buffer | undefined> =>
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

export const jsonType = 'application/x-amz-json-1.0';
const maxRequestBytes = 16 * 1024 * 1024;
export const internalServerError = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
});
