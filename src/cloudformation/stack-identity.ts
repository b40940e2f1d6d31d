import { createHash } from 'node:crypto';

/** Identity of the stack: values of pseudo parameters. */
export interface StackIdentity {
  readonly name: string;
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly urlSuffix: string;
}

/** Returns the identity of a stack. The default account is an example account. */
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
    // Always the same for the same stack, as is every id derived from it.
    id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`,
    region,
    accountId,
    partition,
    urlSuffix: urlSuffixOf(partition),
  };
};

/** Returns the domain suffix of a partition, as in `AWS::URLSuffix`. */
export const urlSuffixOf = (partition: string | undefined): string =>
  partitions.find((one) => one.partition === partition)?.urlSuffix ?? 'amazonaws.com';

/** Partitions other than `aws` and the isolated ones (aws-iso…), by the prefix of their regions. */
const partitions = [
  { begin: 'cn-', partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' },
  { begin: 'us-gov-', partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' },
  { begin: 'eusc-', partition: 'aws-eusc', urlSuffix: 'amazonaws.eu' },
] as const;
