import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** A request to the API. */
export interface Sent {
  readonly method?: string;
  /** Path after the invoke URL, as it is sent: `/items/a%2Fb`. */
  readonly path: string;
  /** An array is sent as several header lines. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  /** Kind of signature: valid (the default), none, wrong, or dated ten minutes ago. */
  readonly signed?: 'yes' | 'no' | 'wrong' | 'late';
}

/** A response with its complete body. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names of the headers as they were sent. */
  readonly names: readonly string[];
  readonly text: string;
}

/** A function that sends a request and resolves with the response. */
export type Exchange = (sent: Sent) => Promise<Received>;

/** Returns a function that sends requests to the API at an invoke URL. It repeats a throttled request for some seconds. */
export const exchangeWith = (
  invokeUrl: string,
  region: string,
  credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'],
): Exchange => {
  const signature = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const sign = async (url: URL, { method = 'GET', body, signed = 'yes' }: Sent): Promise<Record<string, string>> => {
    if (signed === 'no') return {};
    const { protocol, host, hostname, pathname: path, searchParams } = url;
    const query = Object.fromEntries(searchParams);
    const signingDate = new Date(Date.now() - (signed === 'late' ? 600_000 : 0));
    const unsigned = { method, protocol, hostname, path, query, headers: { host }, body };
    const { host: _host, ...headers } = (await signature.sign(unsigned, { signingDate })).headers;
    const { authorization = '' } = headers;
    return signed === 'wrong' ? { ...headers, authorization: `${authorization.slice(0, -8)}00000000` } : headers;
  };
  return async (sent) => {
    const url = new URL(`${invokeUrl}${sent.path}`);
    for (let attempt = 1; ; attempt++) {
      const received = await exchange(url, sent, await sign(url, sent));
      if (received.status !== 429 || attempt === 10) return received;
      await wait(500 * attempt);
    }
  };
};

/** Summarizes a response in a line, as facts state it: status, problem or content type, and the error type of the gateway. */
export const summary = ({ status, headers, text }: Received): string => {
  const slug = /"type":\s*"([^"]+)"/.exec(text)?.[1]?.split(':').at(-1);
  const error = headers['x-amzn-errortype'];
  const body =
    slug ?? (status < 300 || text === '' ? undefined : `${headers['content-type']}: ${text.trim().slice(0, 120)}`);
  return [status, body, error].filter((part) => part !== undefined).join(', ');
};

const exchange = (
  url: URL,
  { method = 'GET', headers = {}, body }: Sent,
  authorization: Readonly<Record<string, string>>,
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { ...length, ...headers, ...authorization };
    const request = open(url, { method, headers: all, agent: false, signal: AbortSignal.timeout(timeout) });
    let answered = false;
    request.once('response', (response: IncomingMessage) => {
      answered = true;
      const names = response.rawHeaders.filter((_, index) => index % 2 === 0);
      const { statusCode: status = 0, headers: received } = response;
      buffer(response).then((bytes) => resolve({ status, headers: received, names, text: bytes.toString() }), reject);
    });
    // A server that does not read a large body closes the connection, before or after it sends a response.
    request.on('error', (error) => answered || reject(error));
    request.end(body);
  });

/** Milliseconds. This is longer than API Gateway takes to respond, and includes some time to send 10 MB. */
const timeout = 120_000;
