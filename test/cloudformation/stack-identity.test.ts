import { expect, it } from 'vitest';
import { stackIdentity } from '../../src/cloudformation/stack-identity.ts';

it.each([
  ['eu-west-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('the region %s is in the partition %s', (region, partition, urlSuffix) => {
  expect(stackIdentity({ region })).toMatchObject({
    id: expect.stringMatching(new RegExp(`^arn:${partition}:cloudformation:${region}:`)),
    partition,
    urlSuffix,
  });
});
