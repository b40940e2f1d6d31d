import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/cloudformation/json.ts';
import { resources, startTemplate } from './support.ts';

const arn = 'arn:aws:sns:us-east-1:123456789012:alarms';
const topic = (properties: JsonObject = {}) => resources({ Topic: { Type: 'AWS::SNS::Topic', Properties: properties } });
const subscription = (properties: JsonObject) =>
  resources({ Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: arn, ...properties } } });
const allow = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: arn };
const policy = (statement: Json, Topics: Json = [arn]) =>
  resources({
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics, PolicyDocument: { Version: '2012-10-17', Statement: statement } },
    },
  });

describe('a topic', () => {
  it('has the ARN that AWS would give it, and so have its subscriptions', async () => {
    const { running, sns } = await startTemplate(
      `${topic()}${subscription({ TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@example.com' })}`,
    );
    const [topicArn] = sns.topics;
    expect(topicArn).toMatch(/^arn:aws:sns:us-east-1:123456789012:items-dev-Topic-[A-Z0-9]{12}$/);
    expect(running.names('Topic')).toEqual([topicArn]);
    expect(running.names('Subscription')[0]).toMatch(new RegExp(`^${topicArn}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`));
    await running.stop();
    expect(sns.topics.size).toBe(0);
  });

  it.each<[resources: string, message: string]>([
    [topic({ TopicName: 'a b' }), 'Topic (AWS::SNS::Topic): property TopicName must match the pattern'],
    [topic({ DisplayName: 'x'.repeat(101) }), 'property DisplayName must have at most 100 characters'],
    [topic({ KmsMasterKeyId: 'aws/sns' }), 'property KmsMasterKeyId must match the pattern'],
    [topic({ FifoTopic: true }), 'property FifoTopic is true, which the local twin does not support'],
    [
      topic({ Subscription: [{ Protocol: 'email', Endpoint: 'a.example.com' }] }),
      'property Subscription.0.Endpoint must be an email address for the Protocol email, not a.example.com',
    ],
    [
      `${topic({ TopicName: 'alarms' })}${topic({ TopicName: 'alarms' }).replace('Topic', 'Other')}`,
      'property TopicName is alarms, the name of another topic; choose another name',
    ],
  ])('is rejected: %#', async (text, message) => {
    await expect(startTemplate(text)).rejects.toThrow(message);
  });
});

describe('a subscription', () => {
  it.each([
    ['http', 'http://example.com/hook', 'https://example.com'],
    ['https', 'https://example.com/hook', 'http://example.com'],
    ['email', 'a@example.com', '@example.com'],
    ['email-json', 'a@example.com', 'a@'],
    ['sms', '+49-30-123456', 'one'],
    ['sqs', 'arn:aws:sqs:us-east-1:123456789012:q', 'https://sqs.us-east-1.amazonaws.com/123456789012/q'],
    [
      'application',
      'arn:aws:sns:us-east-1:123456789012:endpoint/GCM/app/1',
      'arn:aws:sns:us-east-1:123456789012:app/GCM/app',
    ],
    ['lambda', 'arn:aws:lambda:us-east-1:123456789012:function:f', 'f'],
  ])('of %s has the endpoint %s, and not %s', async (Protocol, right, wrong) => {
    await expect(startTemplate(subscription({ Protocol, Endpoint: right }))).resolves.toBeDefined();
    await expect(startTemplate(subscription({ Protocol, Endpoint: wrong }))).rejects.toThrow(
      `Subscription (AWS::SNS::Subscription): property Endpoint must be `,
    );
  });

  const firehose = { Protocol: 'firehose', Endpoint: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s' };
  const email = { Protocol: 'email', Endpoint: 'a@example.com' };
  it.each<[properties: JsonObject, message: string]>([
    [firehose, 'property SubscriptionRoleArn is missing, which the Protocol firehose needs'],
    [{ ...email, Protocol: 'pigeon' }, 'property Protocol must be one of http, https, email'],
    [{ Protocol: 'email' }, 'property Endpoint is missing; add it'],
    [{ ...email, TopicArn: 'alarms' }, 'property TopicArn must match the pattern'],
    [
      { ...email, TopicArn: arn.replace('us-east-1', 'eu-west-1') },
      'property Region must be that of the topic arn:aws:sns:eu-west-1:123456789012:alarms, not us-east-1; set it to eu-west-1',
    ],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(subscription(properties))).rejects.toThrow(message);
  });

  const queue = 'arn:aws:sqs:us-east-1:123456789012:q';
  const sqs = { Protocol: 'sqs', Endpoint: queue };
  const function_ = { Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
  const SubscriptionRoleArn = 'arn:aws:iam::123456789012:role/r';
  it.each<JsonObject>([
    { ...sqs, RawMessageDelivery: true, RedrivePolicy: { deadLetterTargetArn: queue } },
    { Protocol: 'http', Endpoint: 'http://example.com', RawMessageDelivery: true },
    { Protocol: 'https', Endpoint: 'https://example.com', RawMessageDelivery: false },
    { ...firehose, SubscriptionRoleArn, RawMessageDelivery: true },
    { ...email, FilterPolicyScope: 'MessageBody' },
  ])('may be %j', async (properties) => {
    await expect(startTemplate(subscription(properties))).resolves.toBeDefined();
  });

  it.each<[properties: JsonObject, message: string]>([
    [
      { ...email, RawMessageDelivery: false },
      'property RawMessageDelivery is not supported for the Protocol email, even if false',
    ],
    [{ ...function_, RawMessageDelivery: true }, 'property RawMessageDelivery is not supported for the Protocol lambda'],
    [{ ...sqs, SubscriptionRoleArn }, 'property SubscriptionRoleArn is for the Protocol firehose only, not for sqs'],
    [{ ...sqs, RedrivePolicy: {} }, 'property RedrivePolicy.deadLetterTargetArn is missing; add it'],
    [{ ...sqs, RedrivePolicy: { deadLetterTargetArn: queue, maxReceiveCount: 3 } }, 'RedrivePolicy.maxReceiveCount is not'],
    [{ ...sqs, RedrivePolicy: { deadLetterTargetArn: arn } }, 'RedrivePolicy.deadLetterTargetArn must match the pattern'],
    [{ ...sqs, RedrivePolicy: { deadLetterTargetArn: `${queue}.fifo` } }, 'deadLetterTargetArn must match the pattern'],
    [
      { ...sqs, RedrivePolicy: { deadLetterTargetArn: queue.replace('us-east-1', 'eu-west-1') } },
      'property RedrivePolicy.deadLetterTargetArn is a queue in eu-west-1, and the topic is in us-east-1',
    ],
  ])('is rejected by SNS: %#', async (properties, message) => {
    await expect(startTemplate(subscription(properties))).rejects.toThrow(message);
  });

  it('may be of a topic in another region that it names', async () => {
    const properties = { ...email, TopicArn: arn.replace('us-east-1', 'eu-west-1'), Region: 'eu-west-1' };
    await expect(startTemplate(subscription(properties))).resolves.toBeDefined();
  });
});

describe('a topic policy', () => {
  it('may have the actions on topics, however they are written', async () => {
    const Action = ['SNS:Publish', 'sns:subscribe', 'SNS:Receive', 'sns:PutDataProtectionPolicy'];
    await expect(startTemplate(policy({ ...allow, Action }))).resolves.toBeDefined();
  });

  it('may have conditions that only SNS knows', async () => {
    const statement = {
      ...allow,
      Condition: { StringEquals: { 'AWS:SourceOwner': '1' }, ArnLike: { 'aws:SourceArn': 'arn:*' } },
    };
    await expect(startTemplate(policy(statement))).resolves.toBeDefined();
  });

  it.each<[resources: string, message: string]>([
    [policy({ ...allow, Action: 'sqs:SendMessage' }), 'sqs:SendMessage: Policy statement action out of service scope!'],
    [policy({ ...allow, Action: ['sns:Publish', 'sns:*'] }), 'sns:*: Policy statement action out of service scope!'],
    [policy({ ...allow, Action: 'sns:TagResource' }), 'sns:TagResource: Policy statement action out of service scope!'],
    [policy({ ...allow, Action: 'sns:PublishBatch' }), 'sns:PublishBatch: Policy statement action out of service scope!'],
    [policy({ ...allow, Action: 'Publish' }), 'Publish is not an action'],
    [policy({ ...allow, Resource: 'alarms' }), 'alarms is not a resource'],
    [policy({ Effect: 'Allow', Action: 'sns:Publish', Resource: arn }), 'must have Principal or NotPrincipal'],
    [
      policy([
        { ...allow, Sid: 'A' },
        { ...allow, Sid: 'A' },
      ]),
      'two statements with the Sid A',
    ],
    [policy(allow, ['alarms']), 'Policy (AWS::SNS::TopicPolicy): property Topics.0 must match the pattern'],
    [policy(allow, []), 'property Topics must have at least 1 entries'],
  ])('is rejected: %#', async (text, message) => {
    await expect(startTemplate(text)).rejects.toThrow(message);
  });
});
