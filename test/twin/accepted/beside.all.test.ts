import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { stackStarter, template } from './support.ts';

const start = stackStarter();

it('has a user pool with client and domain, whose authorizer denies tokens that it cannot verify', async () => {
  const UserPoolId = { Ref: 'Pool' };
  const text = template({
    method: { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Authorizer' } },
    resources: {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { AutoVerifiedAttributes: ['email'] } },
      Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId, GenerateSecret: false } },
      Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId, Domain: 'shop' } },
      Authorizer: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: {
          RestApiId: { Ref: 'Api' },
          Name: 'users',
          Type: 'COGNITO_USER_POOLS',
          ProviderARNs: [{ 'Fn::GetAtt': 'Pool.Arn' }],
          IdentitySource: 'method.request.header.Authorization',
        },
      },
    },
    sections: {
      Outputs: {
        Url: { Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.amazonaws.com/v1/x` } },
        Ids: { Value: { 'Fn::Sub': `\${Pool} \${Client} \${Domain} \${Pool.ProviderName}` } },
      },
    },
  });
  const reasons: (string | undefined)[] = [];
  const { url, outputs, warnings } = await start(text, { onRequest: (record) => reasons.push(record.reason) });
  expect(outputs[1]?.value).toMatch(/^(us-east-1_\w{9}) [a-z0-9]{26} shop cognito-idp\.us-east-1\.amazonaws\.com\/\1$/);
  expect(warnings).toEqual([expect.stringMatching(/^Amazon Cognito is not simulated \(Pool, Client, Domain\): /)]);
  const response = await fetch(url, { headers: { Authorization: 'Bearer a.b.c' } });
  expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  expect(reasons).toEqual([expect.stringContaining('with --jwks')]);
});

describe('types that no request needs', () => {
  const beside: JsonObject = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
    BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: {} } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)' } },
  };
  const sections: JsonObject = {
    Outputs: {
      Url: { Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.amazonaws.com/v1/x` } },
      Bucket: { Value: { 'Fn::Sub': `\${Bucket} \${Bucket.Arn}` } },
      Queue: { Value: { 'Fn::Sub': `\${Queue} \${Queue.Arn}` } },
    },
  };

  it('start with allowInert, each named', async () => {
    const { url, outputs, warnings } = await start(template({ resources: beside, sections }), { allowInert: true });
    expect(warnings).toEqual([
      'Inert because of --allow-inert: Bucket (AWS::S3::Bucket), BucketPolicy (AWS::S3::BucketPolicy), Queue (AWS::SQS::Queue), Rule (AWS::Events::Rule).',
    ]);
    expect(outputs[1]?.value).toMatch(/^([a-z0-9-]+) arn:aws:s3:::\1$/);
    expect(outputs[2]?.value).toMatch(
      /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/(\d{12})\/orders arn:aws:sqs:us-east-1:\1:orders$/,
    );
    expect((await fetch(url)).status).toBe(200);
  });

  it('are rejected without it, and the message names it', async () => {
    await expect(start(template({ resources: beside, sections }))).rejects.toThrow(
      /^Bucket \(AWS::S3::Bucket\): the type is not supported .*; start with --allow-inert to make it inert, or exclude/,
    );
  });

  it.each(['AWS::ApiGateway::VpcLink', 'AWS::Lambda::LayerVersion', 'AWS::CloudFormation::Stack', 'Custom::Thing'])(
    '%s decides requests, and is rejected all the same',
    async (Type) => {
      const text = template({ resources: { Thing: { Type } } });
      await expect(start(text, { allowInert: true })).rejects.toThrow(
        /the type is not supported .*; leave the resource out/,
      );
    },
  );
});
