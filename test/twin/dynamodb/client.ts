import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../src/twin/iam/credentials.ts';
import { user } from '../../../src/twin/iam/identity.ts';
import { createIam } from '../../../src/twin/iam/index.ts';
import { createNetwork } from '../../../src/twin/network/index.ts';

/** An account with nothing in it but a user who may do everything. */
export const account = { region: 'eu-west-1', accountId: '123456789012', iam: createIam(), network: createNetwork() };

const administrator = account.iam.credentials.issueLongTerm(
  user({ ...account, partition: 'aws' }, 'administrator', { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }),
);

/** An answer of DynamoDB's JSON protocol. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly output: Record<string, unknown>;
}

/** Calls an operation with a signed request, as an SDK does; the input may be JSON text already. */
export const call = async (...request: Parameters<typeof signed>): Promise<Answer> => {
  const [endpoint] = request;
  const response = await fetch(endpoint, await signed(...request));
  return { status: response.status, headers: response.headers, output: (await response.json()) as Answer['output'] };
};

/** A request for an operation, for `fetch`. */
export const signed = async (
  endpoint: string,
  operation: string,
  input: object | string,
  credentials: Omit<Credentials, 'identity'> = administrator,
  target = `DynamoDB_20120810.${operation}`,
) => {
  const { hostname, port } = new URL(endpoint);
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const signer = new SignatureV4({ service: 'dynamodb', region: 'eu-west-1', credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    query: {},
    headers: {
      host: `${hostname}:${port}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
    },
    body,
  });
  const { host: _host, ...headers } = request.headers;
  return { method: 'POST', headers, body };
};

export const table = (tableName: string) => ({
  tableName,
  region: 'eu-west-1',
  accountId: '123456789012',
  input: {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
});
