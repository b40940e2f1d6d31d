import type { JsonObject } from '../../src/cloudformation/json.ts';
import type { Stack } from '../../src/twin/index.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const logs = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const mayWrite = {
  PolicyName: 'notes',
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } },
    ],
  },
};

const role = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust, ManagedPolicyArns: [logs], ...properties },
});

/**
 * A template of functions in the style of public ones: each has its inline code, the table's name in TABLE, and GET on a path of its
 * name. The role Writer may use the table, the role Reader, named reader, may not.
 */
export const sdkStack = (functions: Readonly<Record<string, { runtime: string; code: string; role: string }>>): string => {
  const names = Object.keys(functions);
  const own = Object.entries(functions).flatMap(([name, { runtime, code, role: roleName }]): [string, JsonObject][] => [
    [
      name,
      {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...{ FunctionName: name.toLowerCase(), Runtime: runtime, Handler: 'index.handler', Timeout: 20, MemorySize: 512 },
          Role: { 'Fn::GetAtt': [roleName, 'Arn'] },
          Environment: { Variables: { TABLE: { Ref: 'Table' } } },
          Code: { ZipFile: code },
        },
      },
    ],
    [
      `${name}Path`,
      {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: { Ref: 'Api' }, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: name },
      },
    ],
    [
      `${name}Get`,
      {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          ...{ RestApiId: { Ref: 'Api' }, ResourceId: { Ref: `${name}Path` }, HttpMethod: 'GET', AuthorizationType: 'NONE' },
          Integration: {
            Type: 'AWS_PROXY',
            IntegrationHttpMethod: 'POST',
            Uri: {
              'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
            },
          },
        },
      },
    ],
    [
      `${name}Permission`,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: name }, Principal: 'apigateway.amazonaws.com' },
      },
    ],
  ]);
  return JSON.stringify({
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          ...{ TableName: 'notes', BillingMode: 'PAY_PER_REQUEST' },
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      Writer: role({ Policies: [mayWrite] }),
      Reader: role({ RoleName: 'reader' }),
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes' } },
      ...Object.fromEntries(own),
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: names.map((name) => `${name}Get`),
        Properties: { RestApiId: { Ref: 'Api' }, StageName: 'v1' },
      },
    },
    Outputs: { Url: { Value: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/v1' } } },
  });
};

/** Status and text of the response of a function. */
export const get = async ({ outputs }: Stack, name: string): Promise<[status: number, body: string]> => {
  const response = await fetch(`${outputs[0]?.value}/${name}`);
  return [response.status, await response.text()];
};
