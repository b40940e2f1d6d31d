import { describe, expect, it } from 'vitest';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { arn, idsOf, noValue, type PolicyDocument, properties, ref, template } from './built.ts';
import { edition, source } from './edition.ts';

const each = operations.map((operation: Operation) => [operation.name, operation] as const);

const ownPolicy = (name: string) =>
  properties<{ Policies: { PolicyDocument: PolicyDocument }[] }>(`${name}Role`).Policies.flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

describe.each(each)('%s', (name, operation) => {
  const { table, collection, one, model } = idsOf(operation.entity);

  it('owns five resources, whose ids begin with its name', () => {
    const own = Object.keys(template.Resources).filter((id) => id.startsWith(name));
    expect(own).toEqual(['LogGroup', 'Role', 'Function', 'Permission', 'Method'].map((kind) => name + kind));
  });

  it('has a function in the private subnets with exactly the environment that it needs', () => {
    expect(properties(`${name}Function`)).toEqual({
      FunctionName: { 'Fn::Sub': `\${AWS::StackName}-${name}` },
      Description: operation.description,
      Handler: 'index.lambda_handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: ref('MemorySize'),
      Timeout: 30,
      ReservedConcurrentExecutions: { 'Fn::If': ['HasReservedConcurrency', ref('ReservedConcurrency'), noValue] },
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(`${name}LogGroup`) },
      VpcConfig: {
        SubnetIds: [ref('PrivateSubnet1'), ref('PrivateSubnet2')],
        SecurityGroupIds: [ref('LambdaSecurityGroup')],
      },
      Role: arn(`${name}Role`),
      Environment: {
        Variables: {
          TABLE_NAME: ref(table),
          ALLOWED_ORIGINS: { 'Fn::Join': [',', ref('AllowedOrigins')] },
          URL_SUFFIX: ref('AWS::URLSuffix'),
        },
      },
      Tags: [
        { Key: 'Project', Value: ref('Project') },
        { Key: 'Owner', Value: ref('Owner') },
      ],
      Code: {
        ZipFile: {
          'Fn::Join': [
            '\n',
            [
              { 'Fn::FindInMap': ['Code', 'Shared', 'Imports'] },
              { 'Fn::FindInMap': ['Code', 'Shared', 'Respond'] },
              edition.code.handlers.get(operation.name)?.text,
            ],
          ],
        },
      },
    });
    expect(properties(`${name}LogGroup`).LogGroupName).toEqual({ 'Fn::Sub': `/aws/lambda/\${AWS::StackName}-${name}` });
  });

  it('has a role that allows its actions on the table of its entity from this VPC, and denies all logs but its own', () => {
    expect(ownPolicy(name)).toEqual([
      {
        Sid: 'UseTableFromThisVpc',
        Effect: 'Allow',
        Action: operation.actions.length === 1 ? operation.actions[0] : operation.actions,
        Resource: arn(table),
        Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } },
      },
      ...(operation.indexActions ?? []).map((Action) => ({
        Sid: 'UseIndexesFromThisVpc',
        Effect: 'Allow',
        Action,
        Resource: { 'Fn::Sub': `\${${table}.Arn}/index/*` },
        Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } },
      })),
      {
        Sid: 'NoOtherLogGroup',
        Effect: 'Deny',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        NotResource: arn(`${name}LogGroup`),
      },
    ]);
    expect(properties(`${name}Role`).ManagedPolicyArns).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
      ref('FunctionPolicy'),
    ]);
  });

  it('has a method that authorizes and checks the request', () => {
    const method = properties<{ RequestModels?: object; ResourceId: object; Integration: object }>(`${name}Method`);
    expect(method).toMatchObject({
      RestApiId: ref('RestApi'),
      HttpMethod: operation.method,
      AuthorizationType: ref('AuthorizationType'),
      AuthorizerId: { 'Fn::If': ['UsesCognito', ref('Authorizer'), noValue] },
      ApiKeyRequired: ref('RequireApiKey'),
      RequestValidatorId: ref('RequestValidator'),
    });
    expect(method.ResourceId).toEqual(ref(operation.path.endsWith('/{id}') ? one : collection));
    // A body of any other type reaches the function, which responds with 415.
    expect(method.RequestModels).toEqual(operation.hasModel && { 'application/json': ref(model) });
    expect(method.Integration).toEqual({
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: {
        'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}Function.Arn}/invocations`,
      },
    });
  });

  it('may be invoked by its own method only', () => {
    expect(properties(`${name}Permission`)).toEqual({
      FunctionName: ref(`${name}Function`),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceAccount: ref('AWS::AccountId'),
      SourceArn: {
        'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${RestApi}/\${StageName}/${operation.method}${operation.path.replace('{id}', '*')}`,
      },
    });
  });
});

it('lets the functions trace and use the key of the table, and keeps their code from the network', () => {
  expect(properties<{ PolicyDocument: PolicyDocument }>('FunctionPolicy').PolicyDocument.Statement).toEqual([
    {
      Sid: 'WriteTraces',
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: '*',
    },
    {
      'Fn::If': [
        'HasKmsKey',
        {
          Sid: 'UseKeyOfTable',
          Effect: 'Allow',
          Action: expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:DescribeKey']),
          Resource: ref('KmsKeyArn'),
          Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*' } },
        },
        noValue,
      ],
    },
    {
      Sid: 'NoNetworkInterfacesOrLogGroups',
      Effect: 'Deny',
      Action: ['ec2:*', 'logs:CreateLogGroup'],
      Resource: '*',
      Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    },
  ]);
});

it('names the operation whose handler the edition does not have', () => {
  const handlers = new Map([...edition.code.handlers].filter(([name]) => name !== 'GetItem'));
  expect(() => buildTemplate({ ...edition, code: { ...edition.code, handlers } }, source)).toThrow(
    'GetItem has no handler get-item: correct its row in src/contract/operations.ts',
  );
});
