import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { checkProperties } from '../../../src/cloudformation/properties.ts';
import { createDynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { createIam } from '../../../src/twin/iam/index.ts';
import { createCodeFolders } from '../../../src/twin/lambda/code-folders.ts';
import { createNetwork } from '../../../src/twin/network/index.ts';
import type { Resource, ResourceType, Services } from '../../../src/twin/resource.ts';
import { dynamoDbTable } from '../../../src/twin/resources/dynamodb/table.ts';
import { iamRole } from '../../../src/twin/resources/iam/role.ts';
import { lambdaFunction } from '../../../src/twin/resources/lambda/function.ts';
import { lambdaPermission } from '../../../src/twin/resources/lambda/permission.ts';
import { logsLogGroup } from '../../../src/twin/resources/logs/log-group.ts';
import { createCloudWatch } from '../../../src/twin/small-services/cloudwatch.ts';
import { createLogs } from '../../../src/twin/small-services/logs.ts';
import { createSns } from '../../../src/twin/small-services/sns.ts';
import { createWaf } from '../../../src/twin/small-services/waf.ts';
import { createXRay } from '../../../src/twin/small-services/xray.ts';
import { caller, createFixture } from './fixture.ts';

const stack = {
  name: 'items-dev',
  id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/items-dev/1',
  region: 'eu-west-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};
const { lambda } = createFixture();
let services: Services;
beforeAll(async () => {
  const iam = createIam();
  const network = createNetwork();
  const dynamodb = await createDynamoDb({ ...stack, iam, network });
  const gateway = { stop: async () => {} } as Services['gateway'];
  const unused = { cloudwatch: createCloudWatch(), sns: createSns(), waf: createWaf(), xray: createXRay() };
  const code = createCodeFolders();
  services = { logs: createLogs(), lambda, code, dynamodb, iam, network, gateway, ...unused };
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await start(iamRole, { RoleName: 'r', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } });
  const apiGateway = { ...trust, Principal: { Service: ['apigateway.amazonaws.com'] } };
  await start(iamRole, { RoleName: 'other', AssumeRolePolicyDocument: { Statement: apiGateway } });
});
afterAll(() => Promise.all([lambda.stop(), services.dynamodb.stop()]));

/** Starts a resource as the engine does, the scalars of its properties coerced. */
const start = async <Properties>(
  type: ResourceType<Properties>,
  properties: JsonObject,
  logicalId = 'Thing',
): Promise<Resource> => {
  const checked = checkProperties(logicalId, type as ResourceType, properties);
  return type.start(checked as Properties, { logicalId, stack, services });
};

const minimal = {
  Code: { ZipFile: 'exports.lambda_handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME' },
  Handler: 'index.lambda_handler',
  Role: 'arn:aws:iam::123456789012:role/r',
  Runtime: 'nodejs24.x',
};

describe('AWS::Lambda::Function', () => {
  it('has a generated name, an ARN and an end', async () => {
    const resource = await start(lambdaFunction, minimal, 'GetItemFunction');
    expect(resource.ref).toMatch(/^items-dev-GetItemFunction-[A-Z0-9]{12}$/);
    expect(resource.attributes).toEqual({ Arn: `arn:aws:lambda:eu-west-1:123456789012:function:${resource.ref}` });
    const permission = { Action: 'lambda:InvokeFunction', FunctionName: resource.ref, Principal: caller.principal };
    const allowed = await start(lambdaPermission, { ...permission, SourceAccount: 123456789012 });
    expect(await lambda.invoke(resource.ref, '{}', caller)).toMatchObject({ kind: 'payload', payload: `"${resource.ref}"` });
    await allowed.stop?.();
    expect(await lambda.invoke(resource.ref, '{}', caller)).toEqual({ kind: 'rejected', error: 'AccessDeniedException' });
    await resource.stop?.();
    expect(await lambda.invoke(resource.ref, '{}', caller)).toEqual({
      kind: 'rejected',
      error: 'ResourceNotFoundException',
    });
  });

  it.each([
    [{ Code: { S3Bucket: 'bucket', S3Key: 'k' } }, /Code is in S3, .* with --code Thing=FOLDER/],
    [{ Layers: ['l'] }, /Layers is not supported/],
    [{ Timeout: 901 }, /Timeout must be 900 or less/],
    [{ MemorySize: 64 }, /MemorySize must be 128 or more/],
    [{ Role: 'arn:aws:iam::123456789012:role/none' }, /there is no role/],
    [
      { Role: 'arn:aws:iam::123456789012:role/other' },
      /^property Role .*cannot be assumed by Lambda\. Allow sts:AssumeRole/,
    ],
    [{ LoggingConfig: { ApplicationLogLevel: 'INFO' } }, /only LogFormat JSON allows/],
    [{ VpcConfig: { SubnetIds: ['subnet-1'] } }, /there is no subnet subnet-1/],
    [{ Runtime: 'go1.x' }, /Runtime is go1\.x, with which Lambda creates no functions/],
  ])('rejects %j', async (more, message) => {
    await expect(start(lambdaFunction, { ...minimal, ...more })).rejects.toThrow(message);
  });
});

it('AWS::Lambda::Permission needs its function', async () => {
  const permission = { Action: 'lambda:InvokeFunction', FunctionName: 'none', Principal: caller.principal };
  await expect(start(lambdaPermission, permission)).rejects.toThrow('the function, version or alias does not exist');
  for (const FunctionName of ['f:live', 'arn:aws:lambda:eu-west-1:123456789012:function:f:2', '123456789012:function:f']) {
    await expect(start(lambdaPermission, { ...permission, FunctionName })).rejects.toThrow(
      'the function, version or alias does not exist',
    );
  }
});

it('AWS::Logs::LogGroup has its name and an ARN that ends in :*', async () => {
  expect(await start(logsLogGroup, { LogGroupName: '/aws/lambda/f', RetentionInDays: '365' })).toEqual({
    ref: '/aws/lambda/f',
    attributes: { Arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f:*' },
    stop: expect.any(Function),
  });
  await expect(start(logsLogGroup, { RetentionInDays: 2 })).rejects.toThrow(/RetentionInDays must be one of/);
});

it('AWS::Logs::LogGroup has a name of its own, until it is deleted', async () => {
  const first = await start(logsLogGroup, { LogGroupName: 'same' });
  await expect(start(logsLogGroup, { LogGroupName: 'same' })).rejects.toThrow('Log group already exists: same.');
  await first.stop?.();
  await start(logsLogGroup, { LogGroupName: 'same' });
});

it('AWS::DynamoDB::Table has its name and ARN, and goes with the stack', async () => {
  const properties = {
    TableName: 'items-dev',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' },
    SSESpecification: { SSEEnabled: true },
  };
  const table = await start(dynamoDbTable, properties);
  expect([table.ref, table.attributes]).toEqual([
    'items-dev',
    { Arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/items-dev' },
  ]);
  expect(services.dynamodb.tables.get('items-dev')?.configuration.input).toMatchObject({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  await table.stop?.();
  expect(services.dynamodb.tables.size).toBe(0);
  await expect(start(dynamoDbTable, { ...properties, KinesisStreamSpecification: {} })).rejects.toThrow(
    /KinesisStreamSpecification is not supported/,
  );
});
