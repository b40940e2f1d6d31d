import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { headerPairs } from '../twin/requests/raw-request.ts';
import { reject } from './reject.ts';
import type { SentRequest } from './sent-request.ts';

const { request: httpRequest } = process.getBuiltinModule('node:http');

/** Sends a request and forwards the response byte for byte. Aborts the request if the browser disconnects. */
export const forward = async (sent: SentRequest, response: ServerResponse): Promise<void> => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let received: IncomingMessage;
  try {
    received = await exchange(sent, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    return reject(response, 502, `${sent.url.origin} does not respond: ${(error as Error).message}.`);
  }
  const headers = headerPairs(received.rawHeaders).filter(([name]) => !ofConnection.has(name.toLowerCase()));
  response.writeHead(received.statusCode ?? 502, received.statusMessage ?? '', headers.flat());
  await pipeline(received, response);
};

const exchange = ({ method, url, headers, body }: SentRequest, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const length: [string, string][] =
      body.length > 0 || needsLength.has(method) ? [['Content-Length', String(body.length)]] : [];
    const all = [['Host', url.host], ...headers, ...length, ['Connection', 'close']];
    const options = { method, headers: all.flat(), signal, agent: false };
    httpRequest(url, options, resolve).on('error', reject).end(body);
  });

/** Methods whose requests have Content-Length even without a body (RFC 9110, 8.6). */
const needsLength = new Set(['POST', 'PUT', 'PATCH']);

const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding']);
