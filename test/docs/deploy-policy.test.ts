import { describe, expect, it } from 'vitest';
import { actionsByType } from '../../src/docs/deploy-actions.ts';
import { deployPolicy, deployPolicyText, type Policy } from '../../src/docs/deploy-policy.ts';
import { template } from './template.ts';

const types = [...new Set([...template.resources.values()].map(({ Type }) => Type))].sort();
const policy = deployPolicy();
const templates = ['arn:aws:s3:::items-api-templates-*', 'arn:aws:s3:::items-api-templates-*/*'];

/** The resources on which the policy allows an action. */
const resourcesOf = (action: string): string[] =>
  policy.Statement.flatMap(({ Action, Resource }) =>
    Action.some((allowed) => new RegExp(`^${allowed.replace('*', '.*')}$`).test(action)) ? [Resource].flat() : [],
  );

describe('the policy of who deploys', () => {
  it('has actions for every resource type of the template, and for no other', () => {
    expect(Object.keys(actionsByType).sort()).toEqual(types);
  });

  it.each(types)('allows what %s takes, in its service', (type) => {
    const actions = actionsByType[type] ?? [];
    const service = type.split('::')[1]?.toLowerCase();
    expect(actions.some((action) => action.startsWith(`${service}:`))).toBe(true);
    for (const action of actions) expect(resourcesOf(action), action).not.toEqual([]);
  });

  it.each([
    ['ec2:DescribeNetworkInterfaces', ['*']],
    ['iam:PassRole', ['arn:aws:iam::*:role/items-*']],
    ['s3:PutObject', templates],
    ['s3:PutEncryptionConfiguration', templates],
    ['s3:DeleteBucket', templates],
    ['cloudformation:CreateChangeSet', ['arn:aws:cloudformation:*:*:stack/items-*/*']],
    ['cloudformation:DescribeStackEvents', ['*']],
    ['lambda:UpdateFunctionCode', ['arn:aws:lambda:*:*:function:items-*']],
    ['dynamodb:DeleteItem', []],
    ['lambda:InvokeFunction', []],
    ['iam:CreateUser', []],
  ])('allows %s on %j', (action, resources) => {
    expect(resourcesOf(action)).toEqual(resources);
  });

  it('passes roles to the services that have one, and to no other', () => {
    const services = [...template.resources.values()].flatMap(({ Type, Properties: properties }) =>
      Type === 'AWS::IAM::Role' ? (JSON.stringify(properties).match(/[a-z-]+\.amazonaws\.com/g) ?? []) : [],
    );
    const { Condition } = policy.Statement.find(({ Action }) => Action.includes('iam:PassRole')) ?? {};
    expect(Condition?.StringEquals['iam:PassedToService']).toEqual([...new Set(services)].sort());
  });

  it('fits into a managed policy, which has 6,144 characters', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  });

  it('is JSON in lines of at most 120 characters', () => {
    const text = deployPolicyText();
    expect(JSON.parse(text) as Policy).toEqual(policy);
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });
});
