import { CfnDeletionPolicy, Fn, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { ownKey } from './encryption.ts';
import type { Parameters } from './parameters.ts';

/** Adds the table of items. */
export const addTable = (stack: Stack, parameters: Parameters, conditions: Conditions): CfnTable => {
  const table = comment(
    new CfnTable(stack, 'ItemsTable', {
      tableName: Fn.sub('items-${EnvironmentSuffix}'),
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      billingMode: 'PAY_PER_REQUEST',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      sseSpecification: { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: ownKey(parameters, conditions) },
      deletionProtectionEnabled: parameters.DeletionProtection.value,
    }),
    'Data. The table goes with the stack: nothing that the stack made stays behind',
  );
  table.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  table.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  return table;
};
