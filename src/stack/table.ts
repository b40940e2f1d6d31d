import { ref, sub } from './cloudformation.ts';
import type { Group } from './group.ts';
import { kmsKey } from './policies.ts';
import { tags } from './tags.ts';

/** The table of items. */
export const table = (): Group => ({
  heading: 'Data: one table that holds all items',
  text: 'Deleting the stack deletes the table with its items, unless DeletionProtection is true.',
  resources: {
    ItemsTable: {
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: {
        TableName: sub('items-${EnvironmentSuffix}'),
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: kmsKey },
        DeletionProtectionEnabled: ref('DeletionProtection'),
        Tags: tags,
      },
    },
  },
});
