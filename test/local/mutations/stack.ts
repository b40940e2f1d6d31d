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
    what: 'a stream of the table',
    edit: { [`${table}|StreamSpecification`]: { StreamViewType: 'NEW_IMAGE' } },
    refused: { code: 'UNSUPPORTED_PROPERTY', message: /ItemsTable.*StreamSpecification is not supported by the local twin/ },
  },
  {
    what: 'an attribute that no key uses',
    edit: {
      [`${table}|AttributeDefinitions|1`]: { AttributeName: 'name', AttributeType: 'S' },
      [`${table}|TableName`]: 'attribute',
    },
    refused: { code: 'RESOURCE_FAILED', message: /ItemsTable.*Number of attributes in KeySchema does not exactly match/ },
  },
  {
    what: 'a type of resource that the twin does not have',
    edit: { Queue: { Type: 'AWS::SQS::Queue' } },
    refused: { code: 'UNSUPPORTED_RESOURCE', message: /Queue.*AWS::SQS::Queue/ },
  },
  ...['WebACL', 'WebACLAssociation'].map((type) => ({
    what: `WAF, which the twin does not have: ${type}`,
    edit: { Firewall: { Type: `AWS::WAFv2::${type}`, Properties: { Scope: 'REGIONAL' } } },
    refused: {
      code: 'UNSUPPORTED_RESOURCE',
      message: new RegExp(
        `^LocalError: Firewall \\(AWS::WAFv2::${type}\\): the type is not supported by the local twin.*leave the resource out with a Condition on a parameter`,
      ),
    } as const,
  })),
  {
    what: 'WAF that a condition leaves out',
    edit: { Firewall: { Type: 'AWS::WAFv2::WebACL', Condition: 'UsesCognito' } },
    requests: [create(201)],
  },
  {
    what: 'a key of the table that encryption does not use',
    edit: { [`${table}|SSESpecification`]: { SSEEnabled: false, KMSMasterKeyId: 'alias/items' } },
    refused: { code: 'INVALID_PROPERTY', message: /ItemsTable.*KMSMasterKeyId, but SSEEnabled is false/ },
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
    refused: { code: 'INVALID_PROPERTY', message: /Alarm.*Period is 300, and 300 of them are 90000 seconds/ },
  },
  {
    what: 'a dashboard whose text without markdown is known once the table is',
    edit: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardBody: { 'Fn::Sub': '{"widgets":[{"type":"text","properties":{"text":"${ItemsTable}"}}]}' } },
      },
    },
    refused: { code: 'INVALID_PROPERTY', message: /Dashboard.*widgets\.0\.properties\.markdown is missing/ },
  },
  {
    what: 'a circle of dependencies',
    edit: { 'Vpc|DependsOn': ['Stage'] },
    refused: { code: 'CYCLIC_DEPENDENCY', message: /Vpc -> .*Stage.* -> Vpc|Stage -> .*Vpc.* -> Stage/ },
  },
  {
    what: 'a reference to nothing',
    edit: { 'ItemsTable|Properties|TableName': { Ref: 'Nothing' } },
    refused: { code: 'UNRESOLVED_REFERENCE', message: /ItemsTable.*Nothing/ },
  },
  {
    what: 'an attribute that a resource does not have',
    edit: { 'CreateItemFunction|Properties|Role': { 'Fn::GetAtt': ['CreateItemRole', 'Name'] } },
    refused: { code: 'UNRESOLVED_REFERENCE', message: /CreateItemRole has no attribute Name; it has Arn, RoleId/ },
  },
  {
    what: 'two functions of one name',
    edit: { 'CreateItemFunction|Properties|FunctionName': { 'Fn::Sub': '${AWS::StackName}-GetItem' } },
    refused: { code: 'RESOURCE_FAILED', message: /already exists: items-local-GetItem/ },
  },
  {
    what: 'a subnet outside of its VPC',
    edit: { 'PrivateSubnet1|Properties|CidrBlock': '192.168.0.0/24' },
    refused: { code: 'INVALID_PROPERTY', message: /PrivateSubnet1.*CidrBlock/ },
  },
  {
    what: 'a value that a parameter does not allow',
    parameters: { MemorySize: '64' },
    refused: { code: 'INVALID_PARAMETER', message: /MemorySize/ },
  },
];
