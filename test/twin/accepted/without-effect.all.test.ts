import { expect, it } from 'vitest';
import { call } from '../dynamodb/client.ts';
import { stackStarter, template } from './support.ts';

const start = stackStarter();

it('accepts what stands at its default or has no effect without a cache cluster', async () => {
  const { url } = await start(
    template({
      function: { EphemeralStorage: { Size: 512 }, RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' } },
      integration: { CacheNamespace: 'x', CacheKeyParameters: [] },
      stage: {
        CacheClusterEnabled: false,
        CacheClusterSize: '0.5',
        DocumentationVersion: '1.0',
        MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true, CacheTtlInSeconds: 300 }],
      },
    }),
  );
  expect(await (await fetch(url)).text()).toBe('hello');
});

it('opens with a key that has StageKeys and no Value what its usage plan names', async () => {
  const { url, apiKeys } = await start(
    template({
      method: { ApiKeyRequired: true },
      resources: {
        Key: {
          Type: 'AWS::ApiGateway::ApiKey',
          Properties: { Enabled: true, StageKeys: [{ RestApiId: { Ref: 'Api' }, StageName: { Ref: 'Stage' } }] },
        },
        Plan: {
          Type: 'AWS::ApiGateway::UsagePlan',
          Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }] },
        },
        PlanKey: {
          Type: 'AWS::ApiGateway::UsagePlanKey',
          Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
        },
      },
    }),
  );
  expect(apiKeys).toEqual([{ logicalId: 'Key', value: expect.stringMatching(/^[a-z0-9]{40}$/), enabled: true }]);
  const headers = { 'x-api-key': apiKeys[0]?.value ?? '' };
  expect((await fetch(url, { headers })).status).toBe(200);
  expect((await fetch(url)).status).toBe(403);
});

it('describes Time to Live and the stream of a table', async () => {
  const table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'sessions',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  };
  const sections = { Outputs: { Stream: { Value: { 'Fn::GetAtt': 'Table.StreamArn' } } } };
  const { outputs, dynamoDb } = await start(template({ resources: { Table: table }, sections }), {
    region: 'eu-west-1',
  });
  const { endpoint, ...key } = dynamoDb('full');
  const { output } = await call(endpoint, 'DescribeTimeToLive', { TableName: 'sessions' }, key);
  expect(output).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' } });
  const described = await call(endpoint, 'DescribeTable', { TableName: 'sessions' }, key);
  expect(described.output.Table).toMatchObject({
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    LatestStreamArn: outputs[0]?.value,
  });
  expect(outputs[0]?.value).toMatch(/^arn:aws:dynamodb:eu-west-1:\d{12}:table\/sessions\/stream\/\d{4}-/);
});

it('warns of a key that stands twice, of which the last one counts', async () => {
  const text = template({ stage: { Description: 'first' } }).replace(
    '"Description":"first"',
    '"Description":"first",\n"Variables":{"a":"1"},"Variables":{"a":"2"}',
  );
  const { warnings } = await start(text);
  expect(warnings).toEqual([
    'Line 2: duplicate key Variables (first in line 2). As on AWS, this one is used; remove or rename one of the two.',
  ]);
});
