import type { Schema } from '../../../../cloudformation/schema.ts';

/** The ARN of a topic. It may be one of another stack or account: a parameter tells it, and the twin cannot look. */
export const topicArn: Schema = {
  type: 'string',
  pattern: '^arn:[\\w-]+:sns:[\\w-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?$',
};
