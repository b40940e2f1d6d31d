import type { Connection } from './connection.ts';
import { DeployError } from './errors.ts';
import { within } from './request-limits.ts';

/** Principal that the credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/**
 * Returns the caller, by GetCallerIdentity of STS, which requires no permission. The account id that environment variables and
 * profiles contain beside the credentials would be faster to read, but may be that of other credentials.
 */
export const callerIdentity = async (connection: Connection): Promise<Caller> => {
  const { signal } = connection;
  const url = new URL('/', await endpoint(connection));
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const headers = await signed(connection, url, body);
  const [response, text] = await within(url.origin, console.error, async (limit) => {
    const either = AbortSignal.any([signal, limit]);
    const response = await fetch(url, { method: 'POST', headers, body, signal: either }).catch((error: Error) => {
      // "fetch failed" contains no reason; its cause does.
      throw error.cause ?? error;
    });
    return [response, await response.text()] as const;
  });
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
  const [, arn = ''] = /<Arn>(.*?)<\/Arn>/.exec(text) ?? [];
  if (response.ok && account !== undefined) return { account, arn };
  const [, code = 'Unknown'] = /<Code>(.*?)<\/Code>/.exec(text) ?? [];
  const [, message = 'Unknown'] = /<Message>(.*?)<\/Message>/s.exec(text) ?? [];
  if (code === 'Unknown')
    throw new DeployError(`${url.origin} did not return the caller's identity: check AWS_ENDPOINT_URL`);
  // In the form of an SDK error, so that `explained` applies to it.
  throw Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: response.status } });
};

/** Returns the endpoint of STS: the configured one, or else the same endpoint that CloudFormation has. */
const endpoint = async ({ region, cloudFormation }: Connection, env = process.env): Promise<string> => {
  const { serviceConfiguredEndpoint, endpointProvider } = cloudFormation.config;
  const configured = env.AWS_ENDPOINT_URL_STS || (await serviceConfiguredEndpoint?.());
  if (configured) return configured;
  return endpointProvider({ Region: region }).url.href.replace('//cloudformation.', '//sts.');
};

const signed = async (
  { region, config: { credentials } }: Connection,
  { protocol, hostname, host, pathname: path }: URL,
  body: string,
): Promise<Record<string, string>> => {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([import('@smithy/signature-v4'), import('@aws-crypto/sha256-js')]);
  const signature = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
  const unsigned = { method: 'POST', protocol, hostname, path, headers: { host, 'content-type': contentType }, body };
  const { host: _host, ...headers } = (await signature.sign(unsigned)).headers;
  return headers;
};
