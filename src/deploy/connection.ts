import { setTimeout } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { regionPattern } from '../cloudformation/region.ts';
import { checkEndpoint, nameForeign } from './endpoint.ts';
import { DeployError } from './errors.ts';
import { limited, limits, type RequestHandler } from './request-limits.ts';

/** Target of a deployment. The clients of other services are made of `config`, where they are needed: they take long to load. */
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
   * Aborts when the user interrupts. Questions are given up then, and nothing that changes anything is begun; what has been sent to
   * change something is not given up, as nobody would know whether it was done.
   */
  readonly signal: AbortSignal;
}

/** The same connection for what has to be done although the user interrupts, such as to clean up. */
export const uninterrupted = (connection: Connection): Connection => ({
  ...connection,
  signal: new AbortController().signal,
});

/** Waits before AWS, which tells nobody when something is ready, is asked again: 0.2 seconds at first, 3 in the end. */
export const pause = (attempt: number, signal: AbortSignal): Promise<void> =>
  setTimeout(Math.min(3000, 200 * 1.5 ** attempt), undefined, { signal });

/**
 * Credentials, endpoint and, if none is named, region by the standard chain of the AWS SDKs: environment variables, profile,
 * SSO, container, instance.
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

/** The region of AWS_REGION or the profile, as deploying finds it. */
export const configuredRegion = (): Promise<string> => resolvedRegion(new CloudFormationClient({}));

/** CloudFormation throttles those who watch a stack; this is nothing to give up for. */
const maxAttempts = 5;

/** The SDK's own limit is the one for connecting; `limited` has those for the rest. */
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
