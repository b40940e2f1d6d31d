import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** What a signature may differ in. */
export interface SigningOptions {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly region?: string;
  readonly service?: string;
  readonly signingDate?: Date;
}

/** Headers that sign a request, made by a signer that is not ours. */
export const signedHeaders = async (
  url: string,
  { method = 'GET', body = '' }: { readonly method?: string; readonly body?: string },
  { credentials, region = 'eu-west-1', service = 'execute-api', signingDate = new Date() }: SigningOptions,
): Promise<Record<string, string>> => {
  const { host, hostname, pathname: path, searchParams } = new URL(url);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const unsigned = { method, protocol: 'http:', hostname, path, query, headers: { host }, body };
  const { host: _host, ...headers } = (await signer.sign(unsigned, { signingDate })).headers;
  return headers;
};

/** Sends a signed request. */
export const signedFetch = async (
  url: string,
  signing: SigningOptions,
  request: { readonly method?: string; readonly body?: string } = {},
): Promise<Response> => fetch(url, { ...request, headers: await signedHeaders(url, request, signing) });
