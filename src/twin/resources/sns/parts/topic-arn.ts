import type { Schema } from '../../../../cloudformation/schema.ts';

/** The ARN of a topic. A parameter may name a topic of another stack or account, so its existence is not verified. */
export const topicArn: Schema = {
  type: 'string',
  pattern: '^arn:[\\w-]+:sns:[\\w-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?$',
};
