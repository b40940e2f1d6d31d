import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { regionPattern } from '../template/region.ts';
import { checkEndpoint, nameForeign } from './endpoint.ts';
import { DeployError } from './errors.ts';

/** Where to deploy. The clients of other services are made of `config`, where they are needed: they take long to load. */
export interface Connection {
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
  readonly config: {
    readonly region: string;
    readonly credentials: CloudFormationClient['config']['credentials'];
    readonly maxAttempts: number;
  };
}

/**
 * Credentials, endpoint and, if none is named, region by the standard chain of the AWS SDKs: environment variables, profile,
 * SSO, container, instance.
 */
export const connect = async (region: string | undefined): Promise<Connection> => {
  const client = new CloudFormationClient({ ...(region !== undefined && { region }), maxAttempts });
  await checkEndpoint(client);
  nameForeign(client);
  const resolved = await resolvedRegion(client);
  const { credentials } = client.config;
  return { region: resolved, cloudFormation: client, config: { region: resolved, credentials, maxAttempts } };
};

/** The region of AWS_REGION or the profile, as deploying finds it. */
export const configuredRegion = (): Promise<string> => resolvedRegion(new CloudFormationClient({}));

/** CloudFormation throttles those who watch a stack; this is nothing to give up for. */
const maxAttempts = 5;

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
