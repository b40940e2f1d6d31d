import { setTimeout } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { regionPattern } from '../cloudformation/region.ts';
import { checkEndpoint, nameForeign } from './endpoint.ts';
import { DeployError } from './errors.ts';
import { limited, limits, type RequestHandler } from './request-limits.ts';

/** Target of a deployment. Clients of other services are created from `config` on demand, because loading them takes long. */
export interface Connection {
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
  readonly config: {
    readonly region: string;
    readonly credentials: CloudFormationClient['config']['credentials'];
    readonly maxAttempts: number;
    readonly requestHandler: RequestHandler;
  };
  /**
   * Aborted when the user interrupts. Then reads are cancelled and no further change is started. A change that has been sent is
   * not cancelled, because its result would be unknown.
   */
  readonly signal: AbortSignal;
}

/** Returns the same connection for work that must be done even after an interruption, such as clean-up. */
export const uninterrupted = (connection: Connection): Connection => ({
  ...connection,
  signal: new AbortController().signal,
});

/** Waits before AWS, which sends no notification, is polled again: 0.2 seconds at first, up to 3 seconds. */
export const pause = (attempt: number, signal: AbortSignal): Promise<void> =>
  setTimeout(Math.min(3000, 200 * 1.5 ** attempt), undefined, { signal });

/**
 * Connects with credentials, endpoint and, unless `region` is given, region from the standard chain of the AWS SDKs: environment
 * variables, profile, SSO, container, instance.
 */
export const connect = async (region: string | undefined, signal: AbortSignal): Promise<Connection> => {
  const given = { ...(region !== undefined && { region }), maxAttempts };
  const requestHandler = limited(new CloudFormationClient({ ...given, requestHandler: timeouts }).config.requestHandler);
  const client = new CloudFormationClient({ ...given, requestHandler });
  await checkEndpoint(client);
  nameForeign(client);
  const resolved = await resolvedRegion(client);
  const { credentials } = client.config;
  const config = { region: resolved, credentials, maxAttempts, requestHandler };
  return { region: resolved, cloudFormation: client, config, signal };
};

/** Returns the region of AWS_REGION or the profile, which a deployment would use. */
export const configuredRegion = (): Promise<string> => resolvedRegion(new CloudFormationClient({}));

/** CloudFormation throttles frequent reads of a stack, which is no reason to fail. */
const maxAttempts = 5;

/** The SDK's own timeout applies only to connecting; `limited` has the others. */
const timeouts = { connectionTimeout: limits.connectionTimeout } as const;

const resolvedRegion = async (client: CloudFormationClient): Promise<string> => {
  let region: string;
  try {
    region = await client.config.region();
  } catch {
    throw new DeployError('there is no AWS region: give one with --region, AWS_REGION, or in the profile of AWS_PROFILE');
  }
  if (regionPattern.test(region)) return region;
  throw new DeployError(`"${region}" is not an AWS region: give one such as eu-west-1 with --region or AWS_REGION`);
};
