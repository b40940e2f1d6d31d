import { LocalError } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { object, words } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { keyArn } from '../parts/kms-key-id.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = { readonly LogGroupName?: string };

/** A log group. Log lines are printed and not stored, so retention and encryption are inert. */
export const logsLogGroup: ResourceType<Properties> = {
  type: 'AWS::Logs::LogGroup',
  schema: object({
    LogGroupName: { type: 'string', pattern: '^[\\.\\-_/#A-Za-z0-9]{1,512}$' },
    LogGroupClass: words(['STANDARD', 'INFREQUENT_ACCESS'], ['DELIVERY']),
    KmsKeyId: keyArn,
    RetentionInDays: {
      type: 'integer',
      enum: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    },
    Tags: tagsSchema,
  }),
  start: (properties, context) => {
    const { partition, region, accountId } = context.stack;
    const name = properties.LogGroupName ?? generatedName(context, 512);
    const { groups } = context.services.logs;
    if (groups.has(name)) {
      throw new LocalError('RESOURCE_FAILED', `Log group already exists: ${name}. Use a different name for each log group.`);
    }
    groups.add(name);
    return {
      ref: name,
      attributes: { Arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*` },
      stop: () => void groups.delete(name),
    };
  },
};
