import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { parseJson } from '../cloudformation/json.ts';
import type { DynamoDbAccess } from '../twin/index.ts';

/**
 * Returns a function that calls operations of a DynamoDB endpoint with signed requests. It rejects if there is no response, or if
 * the response is not JSON.
 */
export const signedCall = ({ endpoint, region, ...credentials }: DynamoDbAccess, signal: AbortSignal) => {
  const signature = new SignatureV4({ service: 'dynamodb', region, credentials, sha256: Sha256 });
  const { protocol, host, hostname } = new URL(endpoint);
  return async (operation: string, input: object) => {
    const body = JSON.stringify(input);
    const headers = {
      host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    const request = await signature.sign({ method: 'POST', protocol, hostname, path: '/', query: {}, headers, body });
    const { host: _host, ...sent } = request.headers;
    const response = await fetch(endpoint, { method: 'POST', headers: sent, body, signal });
    return { ok: response.ok, output: parseJson(await response.text()) as Record<string, unknown> };
  };
};
