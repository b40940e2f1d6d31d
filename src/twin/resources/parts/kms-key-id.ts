import type { Schema } from '../../../cloudformation/schema.ts';

/** The ARN of a key of KMS, or of an alias. Whether there is one is not asked: the twin has no KMS. */
export const keyArn: Schema = {
  type: 'string',
  maxLength: 256,
  pattern: '^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+$',
};

/** A key of KMS by its id, its ARN, the name of an alias or its ARN. */
export const keyIdentifier: Schema = {
  type: 'string',
  maxLength: 2048,
  pattern:
    '^(arn:[a-z0-9-]+:kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+|alias/.+|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
};
