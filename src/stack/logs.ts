import { Aws, CfnDeletionPolicy, Fn, type Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Conditions } from './conditions.ts';
import { ownKey } from './encryption.ts';
import type { Parameters } from './parameters.ts';

/** What log groups take from the stack's parameters. */
export interface LogSettings {
  readonly parameters: Pick<Parameters, 'LogRetentionDays' | 'KmsKeyArn'>;
  readonly conditions: Pick<Conditions, 'HasKmsKey'>;
}

/**
 * Adds the log group `<id>LogGroup`. It has a resource of its own so that it has a retention and a key, and goes with the
 * stack. Its name is that of the stack and the id, where nobody else decides it.
 */
export const addLogGroup = (
  stack: Stack,
  { parameters, conditions }: LogSettings,
  id: string,
  name = Fn.join('/', ['items-api', Aws.STACK_NAME, id]),
): CfnLogGroup => {
  const group = new CfnLogGroup(stack, `${id}LogGroup`, {
    logGroupName: name,
    retentionInDays: parameters.LogRetentionDays.valueAsNumber,
    kmsKeyId: ownKey(parameters, conditions),
  });
  group.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  group.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  return group;
};
