// Calls DynamoDB's JSON protocol over one connection that is kept alive.
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { type StoredItem, tooLarge } from './item.ts';
import { parseJson } from './json.ts';
import { Problem } from './problem.ts';
import { signedHeaders } from './sign.ts';

/** What DynamoDB answered. */
export interface StoreResult {
  /** The condition did not hold; then `Item` is what it was held against, absent if there is none. */
  readonly conditionFailed: boolean;
  readonly output: Output;
}

interface Output {
  readonly Item?: StoredItem;
  readonly Attributes?: StoredItem;
  readonly Items?: readonly StoredItem[];
  readonly LastEvaluatedKey?: { readonly id: { readonly S: string } };
  /** Of a refusal: the exception and what it says. */
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

const env = process.env;
const region = env.AWS_REGION ?? 'us-east-1';
const endpoint = new URL(
  env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.${env.URL_SUFFIX ?? 'amazonaws.com'}`,
);
const { Agent, request } = endpoint.protocol === 'http:' ? http : https;
const target = { ...urlToHttpOptions(endpoint), agent: new Agent({ keepAlive: true }) };

/**
 * Settles when there is a connection, or after a second without. INIT waits for it: that has a whole
 * processor for what a connection takes, an invocation its share of one. DynamoDB tells anyone that it is
 * healthy. Meanwhile something is signed, as the first time takes far longer than those that follow, and
 * the key is kept.
 */
export const ready = new Promise<void>((resolve) => {
  limit(
    request(target, (response) => response.resume()).on('error', () => {}),
    1000,
  )
    .on('close', resolve)
    .end();
  sign('', '');
});

/**
 * Calls a DynamoDB action on the table. What did not happen is tried again with full jitter until
 * `deadline` (milliseconds since the epoch): it was throttled, or there was no connection, or one that
 * was kept alive was closed, in all likelihood before the request. After a 5xx or a lost answer it may
 * have happened; then only what is `repeatable` is tried again. In the end it throws `store-unavailable`.
 * An item that is too large throws `item-too-large`. Any other refusal is a fault of ours and throws a
 * plain Error.
 */
export const call = async (
  action: string,
  input: object,
  deadline: number,
  repeatable: boolean,
): Promise<StoreResult> => {
  const body = JSON.stringify({ TableName: env.TABLE_NAME, ...input });
  for (let attempt = 1; ; attempt++) {
    let cause: string;
    let certain = false;
    try {
      const { status, text } = await post(action, body, Math.min(3000, deadline - Date.now()));
      const output = (status < 500 ? parseJson(text) : {}) as Output;
      if (status === 200) return { conditionFailed: false, output };
      const type = String(output.__type ?? status).replace(/.*#/, '');
      if (type === 'ConditionalCheckFailedException') return { conditionFailed: true, output };
      cause = `DynamoDB answered ${action} with ${type}: ${output.message ?? output.Message ?? text}`;
      if (/Item size/.test(cause)) throw tooLarge();
      certain = status < 500;
      if (certain && !/Throttl|Throughput|LimitExceeded/.test(type)) throw new Refusal(cause);
    } catch (error) {
      if (error instanceof Problem || error instanceof Refusal) throw error;
      cause = `DynamoDB did not answer ${action}: ${error}`;
      certain = error instanceof NotSent;
    }
    const wait = Math.random() * Math.min(2000, 25 * 2 ** attempt);
    if (!(certain || repeatable)) {
      throw new Problem(
        'store-unavailable',
        'It is not known whether this happened: look before you repeat it.',
        { cause },
      );
    }
    if (Date.now() + wait >= deadline)
      throw new Problem('store-unavailable', 'Try again later.', { cause });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
};

class Refusal extends Error {}

/** A request that cannot have got to DynamoDB. */
class NotSent extends Error {}

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

const post = (action: string, body: string, timeout: number): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request({ ...target, method: 'POST', headers: sign(action, body) }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 500, text }));
    });
    let connected = false;
    limit(sent, timeout)
      .on('socket', (socket) => {
        connected = !socket.connecting;
        if (connected) return;
        socket.once('connect', () => {
          connected = true;
        });
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        // DynamoDB closes connections that are idle, and a function that was frozen learns of it with its
        // next request.
        const closed = sent.reusedSocket && /ECONNRESET|EPIPE/.test(error.code ?? '');
        reject(closed || !connected ? new NotSent(String(error)) : error);
      })
      .end(body);
  });

/**
 * Gives a request so many milliseconds until its answer is here. An AbortSignal does the same and
 * computes more.
 */
function limit(sent: http.ClientRequest, timeout: number): http.ClientRequest {
  const timer = setTimeout(() => sent.destroy(new Error(`not within ${timeout} ms`)), timeout);
  return sent.on('close', () => clearTimeout(timer));
}
