import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { alwaysFalse, list, object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { keyIdentifier } from '../parts/kms-key-id.ts';
import { tagsSchema } from '../parts/tags.ts';
import { endpointFaults, protocols, type SnsEndpoint } from './parts/endpoint.ts';

type Properties = {
  readonly TopicName?: string;
  readonly Subscription?: readonly SnsEndpoint[];
};

/** A standard topic. The twin publishes no messages. */
export const snsTopic: ResourceType<Properties> = {
  type: 'AWS::SNS::Topic',
  schema: object({
    DisplayName: { type: 'string', maxLength: 100 },
    FifoTopic: alwaysFalse,
    KmsMasterKeyId: keyIdentifier,
    SignatureVersion: { enum: ['1', '2'] },
    Subscription: list(
      object({ Endpoint: { type: 'string', minLength: 1 }, Protocol: { enum: protocols } }, ['Endpoint', 'Protocol']),
    ),
    Tags: tagsSchema,
    TopicName: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,256}$' },
    TracingConfig: { enum: ['Active', 'PassThrough'] },
  }),
  check: ({ Subscription: subscriptions = [] }) =>
    subscriptions.flatMap((subscription, index) => endpointFaults(subscription, `Subscription.${index}.`)),
  start: (properties, context) => {
    const { partition, region, accountId } = context.stack;
    const { topics } = context.services.sns;
    const topicName = properties.TopicName ?? generatedName(context, 256);
    const arn = `arn:${partition}:sns:${region}:${accountId}:${topicName}`;
    if (topics.has(arn))
      throw invalidProperty('TopicName', `is ${topicName}, the name of another topic; choose another name`);
    topics.add(arn);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: topicName }, stop: () => void topics.delete(arn) };
  },
};
