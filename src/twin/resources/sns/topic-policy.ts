import { faultsOf, LocalError } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { list, object } from '../../../cloudformation/shapes.ts';
import { checkPolicies } from '../../iam/check-policies.ts';
import { type PolicyDocument, resourcePolicySchema } from '../../iam/policy-document.ts';
import type { ResourceType } from '../../resource.ts';
import { topicArn } from './parts/topic-arn.ts';

type Properties = { readonly PolicyDocument: PolicyDocument; readonly Topics: readonly string[] };

/** Policy for access to topics. It is validated as an IAM policy, and inert: the twin publishes no messages. */
export const snsTopicPolicy: ResourceType<Properties> = {
  type: 'AWS::SNS::TopicPolicy',
  schema: object({ PolicyDocument: resourcePolicySchema, Topics: list(topicArn, { minItems: 1 }) }, [
    'PolicyDocument',
    'Topics',
  ]),
  check: ({ PolicyDocument: document }) =>
    faultsOf(() => {
      checkPolicies('PolicyDocument', [document], 30_720);
      checkActions(document);
    }),
  start: (_properties, context) => {
    const id = generatedName(context, 255);
    return { ref: id, attributes: { Id: id } };
  },
};

/**
 * The actions of a topic policy. For all others, and for wildcards, SNS reports "action out of service scope". Current lists do
 * not contain `Receive`, but older policies that SNS created do.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
const topicActions = new Set(
  [
    ...['AddPermission', 'RemovePermission', 'DeleteTopic', 'GetTopicAttributes', 'SetTopicAttributes'],
    ...['GetDataProtectionPolicy', 'PutDataProtectionPolicy', 'ListSubscriptionsByTopic', 'ListTagsForResource'],
    ...['Publish', 'Receive', 'Subscribe'],
  ].map((name) => `sns:${name}`.toLowerCase()),
);

const checkActions = ({ Statement }: PolicyDocument): void => {
  const actions = [Statement].flat().flatMap(({ Action, NotAction }) => Action ?? NotAction ?? []);
  const stranger = actions.find((action) => !topicActions.has(action.toLowerCase()));
  if (stranger === undefined) return;
  const message = `property PolicyDocument: ${stranger}: Policy statement action out of service scope! Name actions of SNS on topics, such as sns:Publish`;
  throw new LocalError('INVALID_PROPERTY', message);
};
