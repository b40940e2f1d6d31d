import type { Schema } from '../../../cloudformation/schema.ts';

/** The ARN of a KMS key or alias. Its existence is not verified, because the twin has no KMS. */
export const keyArn: Schema = {
  type: 'string',
  maxLength: 256,
  pattern: '^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+$',
};

/** Identifies a KMS key by id, key ARN, alias name or alias ARN. */
export const keyIdentifier: Schema = {
  type: 'string',
  maxLength: 2048,
  pattern:
    '^(arn:[a-z0-9-]+:kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+|alias/.+|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
};
