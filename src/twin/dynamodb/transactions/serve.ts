import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { database, type Request, type Store, validations } from '../dynalite-modules.ts';
import { transactGetItems } from './get-items.ts';
import { transactTypes } from './types.ts';
import { transactWriteItems } from './write-items.ts';

/**
 * Adds transactions, which dynalite does not support, to its server. The endpoint in front has authenticated and authorized the
 * request.
 */
export const serveTransactions = (server: Server, store: Store): void => {
  const db = database();
  const types = transactTypes();
  const operations = new Map<string, Operation>([
    ['TransactGetItems', { types: types.transactGetItems, run: transactGetItems(db, store) }],
    ['TransactWriteItems', { types: types.transactWriteItems, run: transactWriteItems(db, store) }],
  ]);
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const operation = operations.get(String(request.headers['x-amz-target']).split('.')[1] ?? '');
    if (operation !== undefined) void serve(request, response, operation);
    else for (const listener of others) listener.call(server, request, response);
  });
};

interface Operation {
  readonly types: Record<string, object>;
  run(request: Request): Promise<object>;
}

const serve = async (request: IncomingMessage, response: ServerResponse, { types, run }: Operation): Promise<void> => {
  try {
    const body = await read(request);
    const { checkTypes, checkValidations } = validations();
    const input = checkTypes(JSON.parse(body.toString()), types) as Request;
    checkValidations(input, types);
    send(response, 200, await run(input));
  } catch (error) {
    const { statusCode = 500, body = internalServerError } = error as { statusCode?: number; body?: object };
    send(response, statusCode, body);
  }
};

const read = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });

const send = (response: ServerResponse, status: number, output: object): void => {
  const body = JSON.stringify(output);
  response
    .writeHead(status, {
      'x-amzn-RequestId': crypto.randomUUID().replaceAll('-', '').toUpperCase(),
      'x-amz-crc32': crc32(body),
      'Content-Type': 'application/x-amz-json-1.0',
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
};

const internalServerError = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' };
