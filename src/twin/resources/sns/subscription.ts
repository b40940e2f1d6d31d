import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import { uuid } from '../../../cloudformation/names.ts';
import { regionPattern } from '../../../cloudformation/region.ts';
import type { Schema } from '../../../cloudformation/schema.ts';
import { boolean, object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { endpointFaults, protocols, type SnsEndpoint } from './parts/endpoint.ts';
import { topicArn } from './parts/topic-arn.ts';

type Properties = SnsEndpoint & {
  readonly TopicArn: string;
  readonly RawMessageDelivery?: boolean;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string };
  readonly Region?: string;
  readonly SubscriptionRoleArn?: string;
};

/** A JSON document in a format of SNS. */
const document = { type: 'object' } as const;

/** Dead-letter queues of standard topics are standard queues, whose names do not end in .fifo. */
const queueArn: Schema = { type: 'string', pattern: '^arn:[\\w-]+:sqs:[a-z0-9-]+:\\d{12}:[\\w-]{1,80}$' };

/** A subscription to a topic of this stack or of another one. The twin sends no messages. */
export const snsSubscription: ResourceType<Properties> = {
  type: 'AWS::SNS::Subscription',
  schema: object(
    {
      DeliveryPolicy: document,
      Endpoint: { type: 'string', minLength: 1 },
      FilterPolicy: document,
      // Without a FilterPolicy, SNS ignores it and reports no error.
      FilterPolicyScope: { enum: ['MessageAttributes', 'MessageBody'] },
      Protocol: { enum: protocols },
      RawMessageDelivery: boolean,
      RedrivePolicy: object({ deadLetterTargetArn: queueArn }, ['deadLetterTargetArn']),
      Region: { type: 'string', pattern: regionPattern.source },
      SubscriptionRoleArn: { type: 'string', pattern: '^arn:[\\w-]+:iam::\\d{12}:role/.+$' },
      TopicArn: topicArn,
    },
    ['Endpoint', 'Protocol', 'TopicArn'],
  ),
  check: (properties) => [
    ...endpointFaults(properties),
    ...rawDeliveryFaults(properties),
    ...roleFaults(properties),
    ...redriveFaults(properties),
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

/** "Delivery protocol [email] does not support raw message delivery": SNS also reports this for false. */
const rawDeliveryFaults = ({ Protocol: protocol, RawMessageDelivery: raw }: Properties): LocalError[] => {
  if (raw === undefined || ['sqs', 'http', 'https', 'firehose'].includes(protocol)) return [];
  return [invalidProperty('RawMessageDelivery', `is not supported for the Protocol ${protocol}, even if false; remove it`)];
};

const roleFaults = ({ Protocol: protocol, SubscriptionRoleArn: role }: Properties): LocalError[] => {
  if ((protocol === 'firehose') === (role !== undefined)) return [];
  const problem =
    role === undefined
      ? 'is missing, which the Protocol firehose needs; add it'
      : `is for the Protocol firehose only, not for ${protocol}; remove it`;
  return [invalidProperty('SubscriptionRoleArn', problem)];
};

/** "The Amazon SNS subscription and Amazon SQS queue must be under the same AWS account and Region." */
const redriveFaults = ({ TopicArn: topic, RedrivePolicy: redrive }: Properties): LocalError[] => {
  const [region, queueRegion] = [topic, redrive?.deadLetterTargetArn].map((arn) => arn?.split(':')[3]);
  if (queueRegion === undefined || queueRegion === region) return [];
  const problem = `is a queue in ${queueRegion}, and the topic is in ${region}; name one in ${region}`;
  return [invalidProperty('RedrivePolicy.deadLetterTargetArn', problem)];
};
