import { TargetError } from '../conformance/errors.ts';
import type { Outgoing, Target } from '../conformance/send.ts';

/** How requests are authorized; what is left out is not sent. */
export interface Authorization {
  readonly sigv4?: true;
  readonly region?: string;
  readonly bearer?: string;
  readonly apiKey?: string;
}

/** Adds signature or token, and key; undefined for callers that are nobody in particular. */
export const authorizer = async (url: URL, options: Authorization): Promise<Target['authorize']> => {
  const { sigv4, bearer, apiKey } = options;
  if (!sigv4 && bearer === undefined && apiKey === undefined) return undefined;
  const sign = sigv4 && (await signer(regionOf(url, options.region)));
  const token = bearer === undefined ? {} : { authorization: bearer };
  const key = apiKey === undefined ? {} : { 'x-api-key': apiKey };
  return async (request) => ({ ...token, ...key, ...(sign && (await sign(request))) });
};

/** The region to sign for: what was asked for, else the one in the URL, else the environment's. */
export const regionOf = ({ hostname }: URL, asked?: string, env: NodeJS.ProcessEnv = process.env): string => {
  const [, named] = /\.execute-api\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(hostname) ?? [];
  const region = asked ?? named ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined);
  if (region !== undefined) return region;
  throw new TargetError(`${hostname} does not say in which region it is: name it with --region or in AWS_REGION`);
};

/** Signs for API Gateway with the credentials that the AWS CLI and the SDKs would find. */
const signer = async (region: string): Promise<(request: Outgoing) => Promise<Record<string, string>>> => {
  const [{ defaultProvider }, { explained }, { SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@aws-sdk/credential-provider-node'),
    import('../deploy/aws-errors.ts'),
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js'),
  ]);
  const credentials = defaultProvider();
  await credentials().catch((error: unknown) => {
    const known = explained(error);
    throw known === error ? error : new TargetError(`--sigv4 cannot sign: ${(known as Error).message}`);
  });
  const signature = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async ({ method, url, body }) => {
    const { protocol, host, hostname, pathname: path, searchParams } = url;
    const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
    // Other headers may change on the way.
    const unsigned = { method, protocol, hostname, path, query, headers: { host }, body };
    const { host: _host, ...headers } = (await signature.sign(unsigned)).headers;
    return headers;
  };
};
