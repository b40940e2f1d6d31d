import { create, type Mutation } from './mutation.ts';

const table = 'ItemsTable|Properties';

export const stack: readonly Mutation[] = [
  {
    what: 'another key of the table than the functions write',
    edit: {
      [`${table}|KeySchema|0|AttributeName`]: 'pk',
      [`${table}|AttributeDefinitions|0|AttributeName`]: 'pk',
      [`${table}|TableName`]: 'other-key',
    },
    requests: [create(500, /internal-error/)],
    log: /ValidationException.*Missing the key pk in the item/,
  },
  {
    what: 'a Kinesis stream of the table',
    edit: { [`${table}|KinesisStreamSpecification`]: { StreamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s' } },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /ItemsTable.*KinesisStreamSpecification is not supported by the local twin/,
    },
  },
  {
    what: 'an attribute that no key uses',
    edit: {
      [`${table}|AttributeDefinitions|1`]: { AttributeName: 'name', AttributeType: 'S' },
      [`${table}|TableName`]: 'attribute',
    },
    rejected: { code: 'RESOURCE_FAILED', message: /ItemsTable.*Number of attributes in KeySchema does not exactly match/ },
  },
  {
    what: 'a type of resource that the twin does not have',
    edit: { Queue: { Type: 'AWS::SQS::Queue' } },
    rejected: { code: 'UNSUPPORTED_RESOURCE', message: /Queue.*AWS::SQS::Queue/ },
  },
  {
    what: 'WAF, which the twin does not simulate',
    edit: {
      Firewall: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          Scope: 'REGIONAL',
          DefaultAction: { Block: {} },
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'm', SampledRequestsEnabled: true },
        },
      },
    },
    warning: /^AWS WAF is not simulated \(Firewall\): no request is filtered\.$/,
    requests: [create(201)],
  },
  {
    what: 'a custom domain name, which the twin does not simulate',
    edit: {
      Domain: {
        Type: 'AWS::ApiGateway::DomainName',
        Properties: {
          DomainName: 'items.example.com',
          RegionalCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c',
          EndpointConfiguration: { Types: ['REGIONAL'] },
        },
      },
      DomainMapping: {
        Type: 'AWS::ApiGateway::BasePathMapping',
        Properties: { DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'RestApi' } },
      },
    },
    warning: /^The custom domain name is not simulated \(Domain, DomainMapping\): call the API at its local URL\.$/,
    requests: [create(201)],
  },
  {
    what: 'WAF that a condition leaves out',
    edit: { Firewall: { Type: 'AWS::WAFv2::WebACL', Condition: 'UsesCognito' } },
    requests: [create(201)],
  },
  {
    what: 'a key of the table that encryption does not use',
    edit: { [`${table}|SSESpecification`]: { SSEEnabled: false, KMSMasterKeyId: 'alias/items' } },
    rejected: { code: 'INVALID_PROPERTY', message: /ItemsTable.*KMSMasterKeyId, but SSEEnabled is false/ },
  },
  {
    what: 'an alarm over more than a day',
    edit: {
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          Namespace: 'AWS/DynamoDB',
          MetricName: 'SystemErrors',
          Dimensions: [{ Name: 'TableName', Value: { Ref: 'ItemsTable' } }],
          Statistic: 'Sum',
          Period: 300,
          EvaluationPeriods: 300,
          ComparisonOperator: 'GreaterThanThreshold',
          Threshold: 0,
        },
      },
    },
    rejected: { code: 'INVALID_PROPERTY', message: /Alarm.*Period is 300, and 300 of them are 90000 seconds/ },
  },
  {
    what: 'a dashboard whose text without markdown is known once the table is',
    edit: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardBody: { 'Fn::Sub': '{"widgets":[{"type":"text","properties":{"text":"${ItemsTable}"}}]}' } },
      },
    },
    rejected: { code: 'INVALID_PROPERTY', message: /Dashboard.*widgets\.0\.properties\.markdown is missing/ },
  },
  {
    what: 'a circle of dependencies',
    edit: { 'Vpc|DependsOn': ['Stage'] },
    rejected: { code: 'CYCLIC_DEPENDENCY', message: /Vpc -> .*Stage.* -> Vpc|Stage -> .*Vpc.* -> Stage/ },
  },
  {
    what: 'a reference to nothing',
    edit: { 'ItemsTable|Properties|TableName': { Ref: 'Nothing' } },
    rejected: { code: 'UNRESOLVED_REFERENCE', message: /ItemsTable.*Nothing/ },
  },
  {
    what: 'an attribute that a resource does not have',
    edit: { 'CreateItemFunction|Properties|Role': { 'Fn::GetAtt': ['CreateItemRole', 'Name'] } },
    rejected: { code: 'UNRESOLVED_REFERENCE', message: /CreateItemRole has no attribute Name; it has Arn, RoleId/ },
  },
  {
    what: 'two functions of one name',
    edit: { 'CreateItemFunction|Properties|FunctionName': { 'Fn::Sub': '${AWS::StackName}-GetItem' } },
    rejected: { code: 'RESOURCE_FAILED', message: /already exists: items-local-GetItem/ },
  },
  {
    what: 'a subnet outside of its VPC',
    edit: { 'PrivateSubnet1|Properties|CidrBlock': '192.168.0.0/24' },
    rejected: { code: 'INVALID_PROPERTY', message: /PrivateSubnet1.*CidrBlock/ },
  },
  {
    what: 'a value that a parameter does not allow',
    parameters: { MemorySize: '64' },
    rejected: { code: 'INVALID_PARAMETER', message: /MemorySize/ },
  },
];
