import { regionForm } from '../cloudformation/region.ts';
import type { Outgoing, Target } from '../conformance/send.ts';
import { TargetError } from '../conformance/send.ts';

/** Authorization of requests. Undefined members are not sent. */
export interface Authorization {
  readonly sigv4?: true;
  readonly region?: string;
  readonly bearer?: string;
  readonly apiKey?: string;
}

/** Returns the function that adds signature or token, and key. Undefined for an anonymous caller. */
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

/** Returns the region to sign for: `asked`, or else the one in the URL, of the environment, or of the profile. */
export const regionOf = async ({ hostname }: URL, asked?: string, env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const named = inHostname.exec(hostname)?.[1];
  const region = asked ?? named ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined);
  if (region !== undefined) return region;
  // Imported here, because the AWS SDK, which reads profiles, takes long to load.
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

/** Returns true for a value that `fetch` accepts. No message contains the value, because it is a secret. */
const isHeaderValue = (value: string): boolean => {
  try {
    return new Headers({ value }).get('value') !== '';
  } catch {
    return false;
  }
};

const inHostname = new RegExp(`\\.execute-api\\.(${regionForm})\\.`);

/** Returns a signer for API Gateway with the credentials of the environment or the profile. */
const signer = async (region: string): Promise<(request: Outgoing) => Promise<Record<string, string>>> => {
  // Imported here, because the AWS SDK takes long to load.
  const [{ apiSigner }, { DeployError }] = await Promise.all([
    import('../deploy/api-signer.ts'),
    import('../deploy/errors.ts'),
  ]);
  return apiSigner(region).catch((error: unknown) => {
    throw error instanceof DeployError ? new TargetError(`--sigv4 cannot sign: ${error.message}`) : error;
  });
};
