import { createHash } from 'node:crypto';

/** Where the stack stands: what the pseudo parameters say. */
export interface StackIdentity {
  readonly name: string;
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly urlSuffix: string;
}

/** The identity of a stack of this name; the account is a made-up one unless one is given. */
export const stackIdentity = ({
  region = 'us-east-1',
  accountId = '123456789012',
  stackName = 'items-local',
}: {
  readonly region?: string;
  readonly accountId?: string;
  readonly stackName?: string;
}): StackIdentity => {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const digest = createHash('sha256').update(`${accountId} ${region} ${stackName}`).digest('hex');
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return {
    name: stackName,
    // Always the same for the same stack, and with it every id that derives from it.
    id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`,
    region,
    accountId,
    partition,
    urlSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
};
