import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Description } from '../twin/index.ts';
import type { SentRequest } from './sent-request.ts';

/** Returns a function that signs requests for API Gateway. It replaces an Authorization header without a value. */
export const signer = ({ region, ...credentials }: NonNullable<Description['credentials']>) => {
  const signature = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async (sent: SentRequest): Promise<SentRequest> => {
    const { method, url, headers, body } = sent;
    const { protocol, host, hostname, pathname: path, searchParams } = url;
    const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
    const signed = await signature.sign({ method, protocol, hostname, path, query, headers: { host }, body });
    const { host: _host, ...own } = signed.headers;
    const names = new Set(Object.keys(own));
    return { ...sent, headers: [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...Object.entries(own)] };
  };
};
