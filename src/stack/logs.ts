import { type Resource, ref, type Value } from './cloudformation.ts';
import { kmsKey } from './policies.ts';
import { tags } from './tags.ts';

/**
 * Returns a log group with the stack's retention and key; deleting the stack deletes it. The service that writes to it would
 * create one without retention and key, which would remain after the stack.
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
