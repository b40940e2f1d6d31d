import http from 'node:http';
import https from 'node:https';
import type { AttributeValue, StoredItem } from './item.ts';
import { Problem } from './problem.ts';
import { signedHeaders } from './sign.ts';

/** What DynamoDB answered. */
export interface StoreResult {
  /** The condition did not hold; then `Item` is what it was held against, absent if there is none. */
  readonly conditionFailed: boolean;
  /** An earlier attempt of this call may have been carried out: its answer got lost. */
  readonly uncertain: boolean;
  readonly output: {
    readonly Item?: StoredItem;
    readonly Attributes?: StoredItem;
    readonly Items?: readonly StoredItem[];
    readonly LastEvaluatedKey?: { readonly id: { readonly S: string } };
  };
}

/** The parts of an input that this file reads; the rest goes to DynamoDB as it is. */
export interface StoreInput {
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
  readonly [name: string]: unknown;
}

const env = process.env;
const region = env.AWS_REGION ?? 'us-east-1';
const endpoint = new URL(
  env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
);
const { Agent, request } = endpoint.protocol === 'http:' ? http : https;
const agent = new Agent({ keepAlive: true });

/**
 * Calls a DynamoDB action on the table. Throttling, 5xx and lost connections are tried again with full jitter until
 * `deadline` (milliseconds since the epoch), then it throws `store-unavailable`. An item that is too large throws
 * `item-too-large`. Any other refusal is a fault of ours and throws a plain Error.
 */
export const call = async (action: string, input: StoreInput, deadline: number): Promise<StoreResult> => {
  const body = JSON.stringify({ TableName: env.TABLE_NAME, ...input });
  let uncertain = false;
  for (let attempt = 1; ; attempt++) {
    let cause: string;
    try {
      const { status, text } = await post(action, body, Math.min(3000, deadline - Date.now()));
      const output = status < 500 ? JSON.parse(text) : {};
      if (status === 200) return { conditionFailed: false, uncertain, output };
      const type = String(output.__type ?? status).replace(/.*#/, '');
      if (type === 'ConditionalCheckFailedException') return { conditionFailed: true, uncertain, output };
      cause = `DynamoDB answered ${action} with ${type}: ${output.message ?? output.Message ?? text}`;
      if (/Item size/.test(cause)) throw new Problem('item-too-large', 'Send an item of at most 400 KB, names included.');
      if (status < 500 && !/Throttl|Throughput|LimitExceeded/.test(type)) throw new Refusal(cause);
      uncertain ||= status >= 500;
    } catch (error) {
      if (error instanceof Problem || error instanceof Refusal) throw error;
      cause = `DynamoDB did not answer ${action}: ${error}`;
      uncertain = true;
    }
    const wait = Math.random() * Math.min(2000, 25 * 2 ** attempt);
    if (Date.now() + wait >= deadline) throw new Problem('store-unavailable', 'Try again later.', { cause });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
};

class Refusal extends Error {}

const post = (action: string, body: string, timeout: number): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = signedHeaders({
      host: endpoint.host,
      target: `DynamoDB_20120810.${action}`,
      body,
      region,
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: env.AWS_SESSION_TOKEN,
      date: new Date(),
    });
    const signal = AbortSignal.timeout(Math.max(1, timeout));
    request(endpoint, { method: 'POST', agent, headers, signal }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 500, text }));
    })
      .on('error', reject)
      .end(body);
  });
