import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { explained } from './aws-errors.ts';

export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array | undefined;
}

/**
 * Returns a signer for API Gateway with the credentials that the AWS CLI and the SDKs would find. The signer returns the
 * signature headers of a request. Rejects with a DeployError if there are no credentials.
 */
export const apiSigner = async (region: string): Promise<(request: Unsigned) => Promise<Record<string, string>>> => {
  const credentials = defaultProvider();
  await credentials().catch((error: unknown) => {
    throw explained(error);
  });
  const signature = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async ({ method, url, body }) => {
    const { protocol, host, hostname, pathname: path, searchParams } = url;
    const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
    // Only Host is signed, because proxies may change other headers.
    const unsigned = { method, protocol, hostname, path, query, headers: { host }, body };
    const { host: _host, ...headers } = (await signature.sign(unsigned)).headers;
    return headers;
  };
};
