import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { stackStarter, template } from './support.ts';

const start = stackStarter();
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

it('names AWS-managed policies of other services, which allow nothing', async () => {
  const firehose = 'arn:aws:iam::aws:policy/AmazonKinesisFirehoseFullAccess';
  const { url, warnings } = await start(template({ role: { ManagedPolicyArns: [basic, firehose] } }));
  expect(warnings).toEqual([expect.stringContaining(`has ${firehose}, whose document the twin does not have`)]);
  expect(warnings[0]).toMatch(/^Role \(arn:aws:iam::\d{12}:role\//);
  expect((await fetch(url)).status).toBe(200);
});

it('knows that AWSLambdaExecute allows logs', async () => {
  const { warnings } = await start(template({ role: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSLambdaExecute'] } }));
  expect(warnings).toEqual([]);
});

it('gives a role what an AWS::IAM::RolePolicy allows', async () => {
  const logs: JsonObject = {
    Type: 'AWS::IAM::RolePolicy',
    Properties: {
      PolicyName: 'logs',
      RoleName: { Ref: 'Role' },
      PolicyDocument: { Statement: { Effect: 'Allow', Action: 'logs:*', Resource: '*' } },
    },
  };
  const { warnings } = await start(template({ role: { ManagedPolicyArns: [] }, resources: { Logs: logs } }));
  expect(warnings).toEqual([]);
});

it.each([
  [
    { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole'] },
    /did you mean service-role\/AWSLambdaBasic/,
  ],
  [{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSDenyAll'] }, /does not have the document of .*AWSDenyAll/],
  [
    { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccesswithDataPipeline'] },
    /does not have the document of/,
  ],
  [
    { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
    /PermissionsBoundary: the twin does not have the document of/,
  ],
])('rejects a policy that would decide requests: %j', async (role, message) => {
  await expect(start(template({ role }))).rejects.toThrow(message);
});
