import { createHash } from 'node:crypto';

/** Identity of the stack: the values of the pseudo parameters. */
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
  const { partition } = partitions.find(({ begin }) => region.startsWith(begin)) ?? { partition: 'aws' };
  const digest = createHash('sha256').update(`${accountId} ${region} ${stackName}`).digest('hex');
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return {
    name: stackName,
    // Always the same for the same stack, and with it every id that derives from it.
    id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`,
    region,
    accountId,
    partition,
    urlSuffix: urlSuffixOf(partition),
  };
};

/** Of the services of a partition, as `AWS::URLSuffix`. */
export const urlSuffixOf = (partition: string | undefined): string =>
  partitions.find((one) => one.partition === partition)?.urlSuffix ?? 'amazonaws.com';

/** All but `aws`, by how the names of their regions begin. */
const partitions = [
  { begin: 'cn-', partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' },
  { begin: 'us-gov-', partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' },
  { begin: 'eusc-', partition: 'aws-eusc', urlSuffix: 'amazonaws.eu' },
] as const;
