import { regionForm } from '../cloudformation/region.ts';
import type { Outgoing, Target } from '../conformance/send.ts';
import { TargetError } from '../conformance/send.ts';

/** Authorization of requests. Members that are absent are not sent. */
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
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    throw new TargetError(`${url.origin} is plain http, where others can read a token, key or signature: use https`);
  }
  const sign = sigv4 && (await signer(await regionOf(url, options.region)));
  for (const [option, value] of [
    ['--bearer', bearer],
    ['--api-key', apiKey],
  ] as const) {
    if (value !== undefined && !isHeaderValue(value))
      throw new TargetError(`${option} is empty, or has characters that no header can carry: give it as it was issued`);
  }
  const token = bearer === undefined ? {} : { authorization: bearer };
  const key = apiKey === undefined ? {} : { 'x-api-key': apiKey };
  return async (request) => ({ ...token, ...key, ...(sign && (await sign(request))) });
};

/** The region to sign for: what was asked for, else the one in the URL, else the environment's or the profile's. */
export const regionOf = async ({ hostname }: URL, asked?: string, env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const named = inHostname.exec(hostname)?.[1];
  const region = asked ?? named ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined);
  if (region !== undefined) return region;
  // Looked for last: what knows profiles takes long to load.
  const { configuredRegion } = await import('../deploy/connection.ts');
  return configuredRegion().catch((error: unknown) => {
    throw new TargetError(`${hostname} does not say in which region it is, and ${(error as Error).message}`);
  });
};

const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** True of what `fetch` would send; the value itself must be shown to nobody. */
const isHeaderValue = (value: string): boolean => {
  try {
    return new Headers({ value }).get('value') !== '';
  } catch {
    return false;
  }
};

const inHostname = new RegExp(`\\.execute-api\\.(${regionForm})\\.`);

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
