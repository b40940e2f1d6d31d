import { CfnDeletionPolicy, Fn, type Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Parameters } from './parameters.ts';

/** Adds a log group. It has a resource of its own so that it has a retention and goes with the stack. */
export const addLogGroup = (stack: Stack, parameters: Parameters, id: string, name: string): CfnLogGroup => {
  const group = new CfnLogGroup(stack, id, {
    logGroupName: Fn.sub(name),
    retentionInDays: parameters.LogRetentionDays.valueAsNumber,
  });
  group.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  group.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  return group;
};
