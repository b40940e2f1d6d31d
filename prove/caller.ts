import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Connection } from '../src/deploy/index.ts';

/** Whose credentials these are. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Asks STS, by GetCallerIdentity, which needs no permission. */
export const whoCalls = async (connection: Connection): Promise<Caller> => {
  const url = new URL(process.env.AWS_ENDPOINT_URL_STS || (await endpointOf(connection)) || regional(connection));
  const { protocol, hostname, host, pathname: path } = url;
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const type = 'application/x-www-form-urlencoded; charset=utf-8';
  const { region, config, signal } = connection;
  const signature = new SignatureV4({ service: 'sts', region, credentials: config.credentials, sha256: Sha256 });
  const unsigned = { method: 'POST', protocol, hostname, path, headers: { host, 'content-type': type }, body };
  const { host: _host, ...headers } = (await signature.sign(unsigned)).headers;
  const within = AbortSignal.any([signal, AbortSignal.timeout(config.requestHandler.requestTimeout)]);
  const response = await fetch(url, { method: 'POST', headers, body, signal: within });
  const text = await response.text();
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
  const arn = /<Arn>(.*?)<\/Arn>/.exec(text)?.[1];
  if (response.ok && account !== undefined && arn !== undefined) return { account, arn };
  const why = /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? `${response.status} ${text.slice(0, 200)}`;
  // As the SDK raises it, so that the same sentences explain it.
  const name = /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? 'Unknown';
  throw Object.assign(new Error(why), { name, $metadata: { httpStatusCode: response.status } });
};

/** The endpoint that environment or profile name in the place of AWS; undefined for AWS itself. */
export const endpointOf = async ({ cloudFormation }: Connection): Promise<string | undefined> =>
  (await cloudFormation.config.serviceConfiguredEndpoint?.()) || undefined;

const regional = ({ region, cloudFormation }: Connection): string =>
  cloudFormation.config.endpointProvider({ Region: region }).url.href.replace('//cloudformation.', '//sts.');
