// Sends requests to DynamoDB over one connection that is kept alive.

import { isUtf8 } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { signedHeaders } from './sign.ts';

/** An error from before the first byte of the request was sent: DynamoDB cannot have carried it out. */
export class NotSent extends Error {}

export interface Exchange {
  readonly action: string;
  readonly body: string;
  /** Milliseconds until the whole response has to be here. */
  readonly timeout: number;
  /** True for a request that must not get lost on a connection which DynamoDB is about to close. */
  readonly write: boolean;
}

/**
 * A write does not use a connection that was idle for longer, in milliseconds: if DynamoDB closes it at
 * the same time, it is unknown whether the write was applied. Common servers close connections that
 * were idle for 5 seconds or more, and DynamoDB has been seen to after 20 to 90 seconds
 * (https://github.com/feast-dev/feast/pull/5167). With a write each second a function keeps its
 * connection.
 */
const idleLimit = 3000;

/** The most bytes of a response. A page of 1 MB has less than 10 MB of JSON. */
const responseLimit = 16 * 1024 * 1024;

const env = process.env;
const region = env.AWS_REGION ?? 'us-east-1';
const endpoint = new URL(
  env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.${env.URL_SUFFIX ?? 'amazonaws.com'}`,
);
const isPlain = endpoint.protocol === 'http:';
const agent = isPlain ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true });
const target = { ...urlToHttpOptions(endpoint), agent };
const lastUse = { monotonic: 0, wall: 0 };

/**
 * Resolves when the connection is open, or after one second. Lambda gives INIT a whole CPU and an
 * invocation only a share of one, so INIT opens the connection: DynamoDB responds to an unsigned GET /
 * with "healthy". INIT also signs one request, because the first signature takes much longer than later
 * ones.
 */
export const ready = new Promise<void>((resolve) => {
  send({ method: 'GET' }, '', 1000).then(
    () => resolve(),
    () => resolve(),
  );
  sign('', '');
});

/**
 * Sends a request for an action and returns the status and text of the response. Throws NotSent, or
 * another Error if DynamoDB may have carried it out: also for a connection that was closed without a byte
 * of a response, as DynamoDB may have written before.
 */
export const exchange = ({ action, body, timeout, write }: Exchange) => {
  if (write && idleTime() > idleLimit) closeIdleConnections();
  return send({ method: 'POST', headers: sign(action, body) }, body, timeout);
};

/** Closes the connection, so that the next request opens a new one. */
export const closeIdleConnections = (): void => {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
};

/**
 * Milliseconds since the last response. The wall clock can be set, and nothing says that the monotonic
 * clock goes on while Lambda freezes a function.
 */
const idleTime = (): number => Math.max(performance.now() - lastUse.monotonic, Date.now() - lastUse.wall);

function sign(action: string, body: string): Record<string, string> {
  return signedHeaders({
    host: endpoint.host,
    target: `DynamoDB_20120810.${action}`,
    body,
    region,
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: env.AWS_SESSION_TOKEN,
    date: new Date(),
  });
}

function send(
  options: http.RequestOptions,
  body: string,
  timeout: number,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = (isPlain ? http : https).request({ ...target, ...options }, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      response
        .on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > responseLimit) request.destroy(new Error('the response is too large'));
        })
        .on('end', () => {
          lastUse.monotonic = performance.now();
          lastUse.wall = Date.now();
          const content = Buffer.concat(chunks);
          if (isUtf8(content)) resolve({ status: response.statusCode ?? 0, text: content.toString() });
          else reject(new Error('the response is not UTF-8'));
        })
        .on('error', reject)
        .on('close', () => reject(new Error('the response has no end')));
    });
    // An AbortSignal does the same and takes more computing time.
    const timer = setTimeout(
      () => request.destroy(new Error(`no response within ${Math.round(timeout)} ms`)),
      timeout,
    );
    let connected = false;
    request
      .on('socket', (socket) => {
        connected = !socket.connecting;
        if (connected) return;
        socket.once(isPlain ? 'connect' : 'secureConnect', () => {
          connected = true;
        });
      })
      .on('error', (error) => reject(connected ? error : new NotSent(String(error))))
      .on('close', () => {
        clearTimeout(timer);
        if (!answered) reject(new Error('the connection was closed'));
      })
      .end(body);
  });
}
