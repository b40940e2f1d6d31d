import { describe, expect, it } from 'vitest';
import { models } from '../../src/contract/item.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { type Problem, type ProblemSlug, problems, problemType } from '../../src/contract/problems.ts';
import type { Resource } from '../../src/stack/cloudformation.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';

const { template, comments } = buildTemplate(edition);
const { Resources } = template;
const section = (name: string) => template[name] as Record<string, Record<string, unknown>>;
const properties = (logicalId: string): Record<string, unknown> => {
  const resource = Resources[logicalId];
  if (!resource) throw new Error(`no ${logicalId}`);
  return resource.Properties ?? {};
};
const ofType = (type: string): [string, Resource][] => Object.entries(Resources).filter(([, { Type }]) => Type === type);
type Substitution = readonly [string, Readonly<Record<string, string>>];
const noValue = { Ref: 'AWS::NoValue' };
const getAtt = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });

describe('the template', () => {
  it('needs nothing of the CDK', () => {
    expect(JSON.stringify(template)).not.toMatch(/CDK|Bootstrap|cdk/);
    expect(Object.keys(template)).not.toContain('Transform');
  });

  it('refers to nothing that it does not have', () => {
    const names = new Set([...Object.keys(Resources), ...Object.keys(section('Parameters'))]);
    const missing = references(template).filter((name) => !names.has(name) && !name.startsWith('AWS::'));
    expect(missing).toEqual([]);
    for (const logicalId of Object.keys(comments)) expect(JSON.stringify(template)).toContain(`"${logicalId}":`);
  });

  it('uses every parameter, condition and mapping', () => {
    const used = new Set([...references(template), ...conditionNames(template)]);
    const declared = [...Object.keys(section('Parameters')), ...Object.keys(section('Conditions'))];
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
  });

  it('describes and groups every parameter', () => {
    const { ParameterGroups } = section('Metadata')['AWS::CloudFormation::Interface'] as {
      ParameterGroups: { Parameters: string[] }[];
    };
    expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(
      Object.keys(section('Parameters')).sort(),
    );
    for (const parameter of Object.values(section('Parameters'))) expect(parameter.Description).toBeTruthy();
  });

  it('tags all that takes tags, from parameters', () => {
    const untagged =
      /RouteTableAssociation|GatewayAttachment|::Route$|Permission|ManagedPolicy|QueryDefinition|SNS::Subscription|ApiGateway::(Account|Authorizer|Deployment|GatewayResponse|Method|Model|RequestValidator|Resource|UsagePlanKey)/;
    for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
      const tags = Properties?.Tags as { Key: string; Value: unknown }[] | undefined;
      if (untagged.test(Type)) expect(tags, logicalId).toBeUndefined();
      else expect(tags, logicalId).toContainEqual({ Key: 'Project', Value: { Ref: 'Project' } });
    }
  });

  it('keeps nothing when it is deleted', () => {
    for (const [logicalId, resource] of Object.entries(Resources)) {
      expect(resource.DeletionPolicy ?? 'Delete', logicalId).toBe('Delete');
      if (/Table$|LogGroup$/.test(resource.Type) && !/RouteTable$/.test(resource.Type)) {
        expect(resource, logicalId).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
      }
    }
  });

  it('names the outputs of the mission', () => {
    expect(Object.keys(section('Outputs'))).toEqual([
      'ApiInvokeUrl',
      'TableName',
      'VpcId',
      'PublicSubnetIds',
      'PrivateSubnetIds',
      'LambdaSecurityGroupId',
      ...operations.map(({ name }) => `${name}FunctionArn`),
      'AlarmTopicArn',
      'ApiKeyId',
    ]);
  });
});

describe('the network', () => {
  it('has the addresses of the mission', () => {
    expect(properties('Vpc')).toMatchObject({ CidrBlock: '10.0.0.0/16', EnableDnsSupport: true, EnableDnsHostnames: true });
    expect(
      ofType('AWS::EC2::Subnet').map(([id, { Properties }]) => [id, Properties?.CidrBlock, Properties?.AvailabilityZone]),
    ).toEqual([
      ['PublicSubnet1', '10.0.1.0/24', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
      ['PrivateSubnet1', '10.0.2.0/24', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
      ['PublicSubnet2', '10.0.3.0/24', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }],
      ['PrivateSubnet2', '10.0.4.0/24', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }],
    ]);
  });

  it('lets functions out on 443 only, and no one in', () => {
    const { SecurityGroupIngress, SecurityGroupEgress } = properties('LambdaSecurityGroup');
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: { 'Fn::If': ['HasPrefixList', noValue, '0.0.0.0/0'] },
        DestinationPrefixListId: { 'Fn::If': ['HasPrefixList', { Ref: 'DynamoDbPrefixListId' }, noValue] },
        Description: expect.any(String),
      },
    ]);
  });

  it('lets the endpoint be used for the table only, with the roles of the functions only', () => {
    const { PolicyDocument } = properties('DynamoDbEndpoint') as { PolicyDocument: { Statement: object[] } };
    expect(PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: '*',
        Action: operations.flatMap(({ actions }) => actions),
        Resource: getAtt('ItemsTable'),
        Condition: { ArnEquals: { 'aws:PrincipalArn': operations.map(({ name }) => getAtt(`${name}Role`)) } },
      },
    ]);
  });

  it('takes NAT gateways down before the route and the attachment that they need', () => {
    for (const number of [1, 2]) {
      expect(Resources[`NatGateway${number}`]?.DependsOn).toEqual(['PublicDefaultRoute']);
      expect(Resources[`NatAddress${number}`]?.DependsOn).toEqual(['InternetGatewayAttachment']);
    }
    expect(Resources.PublicDefaultRoute?.DependsOn).toEqual(['InternetGatewayAttachment']);
  });
});

describe.each(operations.map((operation: Operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  it('has a function in the private subnets with exactly the environment that it needs', () => {
    expect(properties(`${name}Function`)).toMatchObject({
      Description: operation.description,
      Handler: 'index.lambda_handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: { Ref: 'MemorySize' },
      Timeout: 30,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: `${name}LogGroup` } },
      VpcConfig: { SubnetIds: [{ Ref: 'PrivateSubnet1' }, { Ref: 'PrivateSubnet2' }] },
      Role: getAtt(`${name}Role`),
      Environment: {
        Variables: {
          TABLE_NAME: { Ref: 'ItemsTable' },
          ALLOWED_ORIGINS: { 'Fn::Join': [',', { Ref: 'AllowedOrigins' }] },
          URL_SUFFIX: { Ref: 'AWS::URLSuffix' },
        },
      },
    });
  });

  it('has a role that allows its actions on the table and nothing else', () => {
    const { Policies } = properties(`${name}Role`) as { Policies: { PolicyDocument: { Statement: object[] } }[] };
    const [allow, ...others] = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const actions = operation.actions.length === 1 ? operation.actions[0] : operation.actions;
    expect([[actions], actions]).toContainEqual((allow as { Action: unknown }).Action);
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Resource: getAtt('ItemsTable'),
      Condition: { StringEquals: { 'aws:SourceVpc': { Ref: 'Vpc' } } },
    });
    expect(others).toEqual([]);
    expect(properties(`${name}Role`).ManagedPolicyArns).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
      { Ref: 'FunctionPolicy' },
    ]);
  });

  it('has a method that checks the request and one permission for it', () => {
    const method = properties(`${name}Method`);
    expect(method).toMatchObject({
      HttpMethod: operation.method,
      AuthorizationType: { Ref: 'AuthorizationType' },
      ApiKeyRequired: { Ref: 'RequireApiKey' },
      RequestValidatorId: { Ref: 'RequestValidator' },
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
    });
    expect(method.RequestModels).toEqual({ $default: operation.model ?? 'Empty' });
    if (operation.model) expect(Resources[`${name}Method`]?.DependsOn).toContain(`${operation.model}Model`);
    expect(JSON.stringify(method.Integration)).toContain(JSON.stringify(getAtt(`${name}Function`)));
    expect(JSON.stringify(properties(`${name}Permission`).SourceArn)).toContain(
      `\${RestApi}/\${StageName}/${operation.method}${operation.path.replace('{id}', '*')}"`,
    );
  });
});

it('keeps the functions’ own code away from the network that Lambda makes for them', () => {
  expect(properties('FunctionPolicy').PolicyDocument).toMatchObject({
    Statement: [
      { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
      {
        'Fn::If': [
          'HasKmsKey',
          {
            Effect: 'Allow',
            Action: expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:DescribeKey']),
            Resource: { Ref: 'KmsKeyArn' },
            Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*' } },
          },
          noValue,
        ],
      },
      {
        Effect: 'Deny',
        Action: ['ec2:*', 'logs:CreateLogGroup'],
        Resource: '*',
        Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      },
    ],
  });
});

describe('protection', () => {
  const ownKey = { 'Fn::If': ['HasKmsKey', { Ref: 'KmsKeyArn' }, noValue] };

  it('encrypts table, logs and alarms, with the user’s key if there is one', () => {
    expect(properties('ItemsTable')).toMatchObject({
      DeletionProtectionEnabled: { Ref: 'DeletionProtection' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: ownKey },
    });
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.length).toBe(operations.length + 3);
    for (const [id, { Properties }] of groups) expect(Properties, id).toMatchObject({ KmsKeyId: ownKey });
    expect(properties('AlarmTopic')).toMatchObject({ KmsMasterKeyId: ownKey });
  });

  it('takes TLS 1.3 only, to the API’s own name', () => {
    expect(properties('RestApi')).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  it('lets services assume roles for this account only, where they say for whom they do', () => {
    const unscoped = ofType('AWS::IAM::Role').filter(([id]) => {
      const { Statement } = properties(id).AssumeRolePolicyDocument as {
        Statement: { Condition?: Record<string, object> }[];
      };
      return Statement.some(({ Condition }) => !Condition?.StringEquals || !('aws:SourceAccount' in Condition.StringEquals));
    });
    // API Gateway does not say whose API it logs for.
    expect(unscoped.map(([id]) => id)).toEqual(['ApiGatewayAccountRole']);
  });
});

describe('operations', () => {
  it('have an alarm for each thing that users feel, all on the same topic', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.map(([id]) => id)).toEqual([
      'ServerErrorsAlarm',
      'LatencyAlarm',
      ...operations.flatMap(({ name }) =>
        ['Errors', 'Throttles', 'ThrottledRequests', 'SystemErrors'].map((metric) => `${name}${metric}Alarm`),
      ),
    ]);
    for (const [id, { Properties }] of alarms) {
      expect(Properties, id).toMatchObject({
        AlarmActions: [{ Ref: 'AlarmTopic' }],
        OKActions: [{ Ref: 'AlarmTopic' }],
        TreatMissingData: 'notBreaching',
        EvaluationPeriods: 5,
        DatapointsToAlarm: 3,
      });
    }
  });

  it('go off where more than one request in a hundred fails or takes more than two seconds', () => {
    const dimensions = [
      { Name: 'ApiName', Value: properties('RestApi').Name },
      { Name: 'Stage', Value: { Ref: 'Stage' } },
    ];
    const common = {
      Namespace: 'AWS/ApiGateway',
      Dimensions: dimensions,
      Period: 60,
      ComparisonOperator: 'GreaterThanThreshold',
    };
    expect(properties('ServerErrorsAlarm')).toMatchObject({
      ...common,
      MetricName: '5XXError',
      Statistic: 'Average',
      Threshold: 0.01,
    });
    expect(properties('LatencyAlarm')).toMatchObject({
      ...common,
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
      Threshold: 2000,
    });
  });

  it.each(operations)(
    'watch $name by its own function and its own calls of the table, where any failure counts',
    (operation) => {
      const { name, actions } = operation;
      const ofFunction = [{ Name: 'FunctionName', Value: { Ref: `${name}Function` } }];
      const ofTable = [
        { Name: 'TableName', Value: { Ref: 'ItemsTable' } },
        { Name: 'Operation', Value: actions[0].replace('dynamodb:', '') },
      ];
      for (const [metric, Namespace, Dimensions] of [
        ['Errors', 'AWS/Lambda', ofFunction],
        ['Throttles', 'AWS/Lambda', ofFunction],
        ['ThrottledRequests', 'AWS/DynamoDB', ofTable],
        ['SystemErrors', 'AWS/DynamoDB', ofTable],
      ] as const) {
        expect(properties(`${name}${metric}Alarm`), metric).toMatchObject({
          Namespace,
          Dimensions,
          MetricName: metric,
          Statistic: 'Sum',
          Threshold: 0,
          ComparisonOperator: 'GreaterThanThreshold',
          Period: 60,
        });
      }
    },
  );

  it('send alarms to the address, if there is one', () => {
    expect(Resources.AlarmSubscription).toMatchObject({
      Condition: 'HasAlarmEmail',
      Properties: { Protocol: 'email', Endpoint: { Ref: 'AlarmEmail' }, TopicArn: { Ref: 'AlarmTopic' } },
    });
  });

  it('trace as many requests of this stage as the parameter says', () => {
    const { SamplingRule } = properties('TraceSampling') as { SamplingRule: Record<string, unknown> };
    expect(SamplingRule).toMatchObject({ FixedRate: { Ref: 'TraceSamplingRate' }, ReservoirSize: 0 });
    expect(JSON.stringify(SamplingRule.ResourceARN)).toContain('/restapis/${RestApi}/stages/${StageName}');
  });

  it('have a query over the access log that names what its lines have, and one over the functions’', () => {
    const queries = ofType('AWS::Logs::QueryDefinition');
    expect(queries.map(([id]) => id)).toEqual(['FailuresQuery', 'SlowestQuery']);
    expect(properties('FailuresQuery').LogGroupNames).toEqual(operations.map(({ name }) => ({ Ref: `${name}LogGroup` })));
    expect(properties('SlowestQuery').LogGroupNames).toEqual([{ Ref: 'AccessLogGroup' }]);
    const { Format } = properties('Stage').AccessLogSetting as { Format: string };
    const { QueryString } = properties('SlowestQuery') as { QueryString: string };
    for (const field of QueryString.split('\n')[0]?.replace('fields @timestamp, ', '').split(', ') ?? []) {
      expect(Format, field).toContain(`"${field}":"$context.`);
    }
  });
});

describe('the gateway', () => {
  it('has the models of the contract', () => {
    for (const [name, schema] of Object.entries(models))
      expect(properties(`${name}Model`)).toMatchObject({ Name: name, Schema: schema });
  });

  it('answers each response type of the contract with a problem that says the status it has', () => {
    const expected = Object.values(problems).flatMap((problem: Problem) =>
      (problem.gatewayResponses ?? []).map((type) => [type, String(problem.status), problem.status, problem.title]),
    );
    const actual = ofType('AWS::ApiGateway::GatewayResponse').map(([, { Properties = {} }]) => {
      const { 'application/json': body } = Properties.ResponseTemplates as Record<string, { 'Fn::Sub': Substitution }>;
      const [text, variables] = body?.['Fn::Sub'] ?? ['', {}];
      const filled = text.replace(/\$\{(\w+)\}/g, (_, variable) => variables[variable] ?? '');
      const { type, status, title, requestId } = JSON.parse(filled.replace('$context.error.messageString', '"x"'));
      expect(requestId).toBe('$context.requestId');
      expect(Object.keys(problems).map((slug) => problemType(slug as ProblemSlug))).toContain(type);
      return [Properties.ResponseType, Properties.StatusCode, status, title];
    });
    expect(actual).toEqual(expected);
  });

  it('tells preflights exactly the methods that a resource has', () => {
    for (const [id, methods] of [
      ['Items', 'POST,GET,OPTIONS'],
      ['Item', 'GET,PUT,DELETE,OPTIONS'],
    ]) {
      expect(JSON.stringify(properties(`${id}OptionsMethod`))).toContain(
        `"method.response.header.Access-Control-Allow-Methods":"'${methods}'"`,
      );
    }
  });

  it('logs every request as JSON, even one that has no value for a field', () => {
    const { Format } = properties('Stage').AccessLogSetting as { Format: string };
    expect(Format).not.toContain('\n');
    expect(Object.keys(JSON.parse(Format.replace(/\$[\w.]+/g, '-')))).toContain('integrationLatency');
  });
});

const references = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [inner[0]];
    if (key === 'DependsOn') return inner;
    if (key === 'Fn::Sub' && typeof inner === 'string')
      return [...inner.matchAll(/\$\{([\w:]+)/g)].map(([, name]) => name ?? '');
    return references(inner);
  });
};

const conditionNames = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(conditionNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Condition' && typeof inner === 'string') return [inner];
    return [...(key === 'Fn::If' ? [inner[0]] : []), ...conditionNames(inner)];
  });
};
