import { invalidProperty } from '../errors.ts';
import { uuid } from '../names.ts';
import type { ResourceType } from '../resource.ts';
import { boolean, object } from '../shapes.ts';
import { endpointFaults, protocols, type SnsEndpoint } from './sns-endpoint.ts';
import { topicArn } from './sns-topic-arn.ts';

type Properties = SnsEndpoint & {
  readonly TopicArn: string;
  readonly Region?: string;
  readonly SubscriptionRoleArn?: string;
};

/** A JSON document whose form is SNS's own. */
const document = { type: 'object' } as const;

/** A subscription of a topic of this stack or of any other. Nothing is sent to it. */
export const snsSubscription: ResourceType<Properties> = {
  type: 'AWS::SNS::Subscription',
  schema: object(
    {
      DeliveryPolicy: document,
      Endpoint: { type: 'string', minLength: 1 },
      FilterPolicy: document,
      FilterPolicyScope: { enum: ['MessageAttributes', 'MessageBody'] },
      Protocol: { enum: protocols },
      RawMessageDelivery: boolean,
      RedrivePolicy: document,
      Region: { type: 'string', pattern: '^[a-z]{2}(-[a-z]+)+-\\d$' },
      SubscriptionRoleArn: { type: 'string', pattern: '^arn:[\\w-]+:iam::\\d{12}:role/.+$' },
      TopicArn: topicArn,
    },
    ['Endpoint', 'Protocol', 'TopicArn'],
  ),
  check: (properties) => [
    ...endpointFaults(properties),
    ...(properties.Protocol === 'firehose' && properties.SubscriptionRoleArn === undefined
      ? [invalidProperty('SubscriptionRoleArn', 'is missing, which the Protocol firehose needs; add it')]
      : []),
  ],
  start: (properties, context) => {
    const { TopicArn: topic, Region: region = context.stack.region } = properties;
    const itsRegion = topic.split(':')[3];
    if (itsRegion !== region)
      throw invalidProperty('Region', `must be that of the topic ${topic}, not ${region}; set it to ${itsRegion}`);
    const arn = `${topic}:${uuid(context)}`;
    return { ref: arn, attributes: { Arn: arn } };
  },
};
