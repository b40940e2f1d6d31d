import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { stackStarter, template, trust } from './support.ts';

const start = stackStarter();

/** An API that invokes its function with a role and without a permission. */
const withRole = (policy: JsonObject, service = 'apigateway.amazonaws.com'): string =>
  template({
    integration: { Credentials: { 'Fn::GetAtt': 'Invoker.Arn' } },
    resources: {
      Invoker: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'invoker', AssumeRolePolicyDocument: trust(service), ...policy },
      },
      Permission: { Type: 'AWS::Logs::LogGroup' },
    },
  });
const allowing = (resource: JsonObject | string): JsonObject => ({
  Policies: [
    {
      PolicyName: 'invoke',
      PolicyDocument: { Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resource } },
    },
  ],
});

describe('a role as Integration.Credentials', () => {
  it.each([
    ['that may invoke the function', allowing({ 'Fn::GetAtt': 'Function.Arn' })],
    ['with AWSLambdaRole', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole'] }],
  ])('%s needs no permission', async (_name, policy) => {
    const { url } = await start(withRole(policy));
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it.each([
    [
      'that may invoke another function',
      withRole(allowing('arn:aws:lambda:us-east-1:123456789012:function:other')),
      /Invalid permissions on Lambda function: User: arn:aws:sts::\d+:assumed-role\/invoker\/BackplaneAssumeRoleSession is not authorized to perform: lambda:InvokeFunction/,
    ],
    [
      'that does not trust API Gateway',
      withRole(allowing('*'), 'lambda.amazonaws.com'),
      /API Gateway does not have permission to assume the provided role/,
    ],
  ])('%s is a 500', async (_name, text, reason) => {
    const reasons: (string | undefined)[] = [];
    const { url } = await start(text, { onRequest: (record) => reasons.push(record.reason) });
    const response = await fetch(url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });

  it.each([
    ['arn:aws:iam::*:user/*', /Integration.Credentials is arn:aws:iam::\*:user\/\*, the caller's own identity/],
    ['arn:aws:iam::123456789012:role/elsewhere', /there is no role arn:aws:iam::123456789012:role\/elsewhere/],
  ])('%s is rejected', async (Credentials, message) => {
    await expect(start(template({ integration: { Credentials } }))).rejects.toThrow(message);
  });
});
