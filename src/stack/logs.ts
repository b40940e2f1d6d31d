import { type Resource, ref, type Value } from './cloudformation.ts';
import { kmsKey } from './policies.ts';
import { tags } from './tags.ts';

/**
 * A log group with the retention and key of the stack, deleted with it. The service that writes to it would create one without
 * either, and leave it behind.
 */
export const logGroup = (name: Value): Resource => ({
  Type: 'AWS::Logs::LogGroup',
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: {
    LogGroupName: name,
    RetentionInDays: ref('LogRetentionDays'),
    KmsKeyId: kmsKey,
    Tags: tags,
  },
});
