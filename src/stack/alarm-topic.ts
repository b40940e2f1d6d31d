import type { Stack } from 'aws-cdk-lib';
import { CfnSubscription, CfnTopic } from 'aws-cdk-lib/aws-sns';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { ownKey } from './encryption.ts';
import type { Parameters } from './parameters.ts';

/** Adds the topic for alarms, to which anything may be subscribed, and the subscription of an address. Returns its ARN. */
export const addAlarmTopic = (stack: Stack, parameters: Parameters, conditions: Conditions): string => {
  const topic = comment(
    new CfnTopic(stack, 'AlarmTopic', { kmsMasterKeyId: ownKey(parameters, conditions) }),
    'Alarms: three of the last five minutes make one, so that a single failure wakes nobody',
  );
  const subscription = new CfnSubscription(stack, 'AlarmSubscription', {
    topicArn: topic.ref,
    protocol: 'email',
    endpoint: parameters.AlarmEmail.valueAsString,
  });
  subscription.cfnOptions.condition = conditions.HasAlarmEmail;
  return topic.ref;
};
