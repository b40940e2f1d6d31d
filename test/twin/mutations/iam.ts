import { create, type Mutation } from './mutation.ts';

const statement = 'CreateItemRole|Properties|Policies|0|PolicyDocument|Statement';
const endpoint = 'DynamoDbEndpoint|Properties|PolicyDocument|Statement|0';
const table = { 'Fn::GetAtt': ['ItemsTable', 'Arn'] };
const allow = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table };

/** A denial by the function's role or the endpoint's policy fails the function, and its log has the denial. */
const denied = (reason: string): Pick<Mutation, 'requests' | 'log'> => ({
  requests: [create(500, /internal-error/)],
  log: new RegExp(
    `AccessDeniedException.*User: arn:aws:sts::123456789012:assumed-role/[\\w-]+/[\\w-]+-CreateItem is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/items-\\w+ ${reason}`,
  ),
});
const noIdentityPolicy = denied('because no identity-based policy allows the dynamodb:PutItem action');
const explicitDeny = denied('with an explicit deny in an identity-based policy');
const noEndpointPolicy = denied('because no VPC endpoint policy allows the dynamodb:PutItem action');

export const iam: readonly Mutation[] = [
  { what: 'a role without its policy', edit: { 'CreateItemRole|Properties|Policies': null }, ...noIdentityPolicy },
  {
    what: 'a role with another action',
    edit: { [statement]: { ...allow, Action: 'dynamodb:UpdateItem' } },
    ...noIdentityPolicy,
  },
  {
    what: 'a role for another table',
    edit: { [statement]: { ...allow, Resource: { 'Fn::Join': ['', [table, '2']] } } },
    ...noIdentityPolicy,
  },
  {
    what: 'a role for the table in another region',
    edit: {
      [statement]: { ...allow, Resource: { 'Fn::Sub': 'arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/${ItemsTable}' } },
    },
    ...noIdentityPolicy,
  },
  {
    what: 'a role for the indexes only',
    edit: { [statement]: { ...allow, Resource: { 'Fn::Join': ['', [table, '/index/*']] } } },
    ...noIdentityPolicy,
  },
  {
    what: 'a NotAction that names the action',
    edit: { [statement]: { Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' } },
    ...noIdentityPolicy,
  },
  {
    what: 'a NotResource that names the table',
    edit: { [statement]: { Effect: 'Allow', Action: '*', NotResource: table } },
    ...noIdentityPolicy,
  },
  {
    what: 'a deny beside the allow',
    edit: { [statement]: [allow, { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }] },
    ...explicitDeny,
  },
  {
    what: 'a deny of all that is not reading',
    edit: {
      [statement]: [allow, { Effect: 'Deny', NotAction: ['dynamodb:GetItem', 'logs:*', 'ec2:*', 'xray:*'], Resource: '*' }],
    },
    ...explicitDeny,
  },
  {
    what: 'a deny in the managed policy of all functions, for their own code',
    edit: { 'FunctionPolicy|Properties|PolicyDocument|Statement|2|Action': ['ec2:*', 'dynamodb:PutItem'] },
    ...explicitDeny,
  },
  {
    what: 'an allow for requests of another VPC endpoint',
    edit: { [statement]: { ...allow, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-other' } } } },
    ...noIdentityPolicy,
  },
  {
    what: 'an allow for requests that come over no VPC endpoint',
    edit: { [statement]: { ...allow, Condition: { Null: { 'aws:SourceVpce': 'true' } } } },
    ...noIdentityPolicy,
  },
  {
    what: 'a deny unless another function asks',
    edit: {
      [statement]: [
        allow,
        {
          Effect: 'Deny',
          Action: 'dynamodb:*',
          Resource: '*',
          Condition: {
            ArnNotEquals: { 'lambda:SourceFunctionArn': { 'Fn::Sub': 'arn:aws:lambda:*:*:function:*-GetItem' } },
          },
        },
      ],
    },
    ...explicitDeny,
  },
  {
    what: 'a permissions boundary without the action',
    edit: {
      'CreateItemRole|Properties|PermissionsBoundary':
        'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
      'CreateItemFunction|Properties|TracingConfig': null,
    },
    ...denied('because no permissions boundary allows the dynamodb:PutItem action'),
  },
  {
    what: 'an endpoint policy without the action',
    edit: { [`${endpoint}|Action`]: ['dynamodb:GetItem'] },
    ...noEndpointPolicy,
  },
  {
    what: 'an endpoint policy for another table',
    edit: { [`${endpoint}|Resource`]: { 'Fn::Join': ['', [table, '2']] } },
    ...noEndpointPolicy,
  },
  {
    what: 'an endpoint policy for another role',
    edit: {
      [`${endpoint}|Condition`]: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': ['GetItemRole', 'Arn'] } } },
    },
    ...noEndpointPolicy,
  },
  {
    what: 'an endpoint policy that names a principal, which that of a gateway endpoint cannot',
    edit: { [`${endpoint}|Principal`]: { AWS: { 'Fn::GetAtt': ['CreateItemRole', 'Arn'] } } },
    rejected: {
      code: 'INVALID_PROPERTY',
      message: /DynamoDbEndpoint.*PolicyDocument names principals.*condition on aws:PrincipalArn/,
    },
  },
  {
    what: 'a policy variable that the twin could only guess at',
    edit: {
      'CreateItemRole|Properties|Policies|0|PolicyDocument|Version': '2012-10-17',
      [statement]: { ...allow, Resource: { 'Fn::Join': ['', [table, '${aws:PrincipalTag/team}']] } },
    },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /CreateItemRole.*policy variable aws:principaltag\/team is not supported/,
    },
  },
  {
    what: 'an action without its service',
    edit: { [statement]: { ...allow, Action: 'PutItem' } },
    rejected: { code: 'INVALID_PROPERTY', message: /CreateItemRole.*PutItem is not an action.*service:Action/ },
  },
  {
    what: 'a resource that is no ARN',
    edit: { [statement]: { ...allow, Resource: { Ref: 'ItemsTable' } } },
    rejected: { code: 'INVALID_PROPERTY', message: /CreateItemRole.*items-\w+ is not a resource.*give its ARN/ },
  },
  {
    what: 'an endpoint policy that denies',
    edit: { [`${endpoint}|Effect`]: 'Deny' },
    ...denied('with an explicit deny in a VPC endpoint policy'),
  },
  {
    what: 'a condition operator that the twin could only guess at',
    edit: { [statement]: { ...allow, Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } } } },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /CreateItemRole.*Policies.*condition operator DateLessThan is not supported.*StringEquals/,
    },
  },
  {
    what: 'a condition key that the twin could only guess at',
    edit: { [statement]: { ...allow, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } } },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /CreateItemRole.*condition key aws:PrincipalTag\/team is not supported.*aws:principalarn/,
    },
  },
  {
    what: 'an AWS-managed policy of a service of the twin that is not known',
    edit: { 'CreateItemRole|Properties|ManagedPolicyArns|0': 'arn:aws:iam::aws:policy/AmazonDynamoDBWriteOnly' },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /CreateItemRole.*ManagedPolicyArns.*AmazonDynamoDBWriteOnly\. It has AdministratorAccess/,
    },
  },
  {
    what: 'a role that another service may assume',
    edit: { 'CreateItemRole|Properties|AssumeRolePolicyDocument|Statement|0|Principal': { Service: 'ec2.amazonaws.com' } },
    rejected: {
      code: 'INVALID_PROPERTY',
      message: /CreateItemFunction.*cannot be assumed by Lambda\. Allow sts:AssumeRole/,
    },
  },
  {
    what: 'a role of another stack',
    edit: { 'CreateItemFunction|Properties|Role': 'arn:aws:iam::123456789012:role/elsewhere' },
    rejected: {
      code: 'UNRESOLVED_REFERENCE',
      message: /CreateItemFunction.*no role arn:aws:iam::123456789012:role\/elsewhere in this stack/,
    },
  },
  {
    what: 'a role that may not make network interfaces',
    edit: {
      'CreateItemRole|Properties|ManagedPolicyArns|0': 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    },
    rejected: {
      code: 'INVALID_PROPERTY',
      message:
        /CreateItemFunction.*does not have permissions to call CreateNetworkInterface on EC2\. Attach AWSLambdaVPCAccessExecutionRole/,
    },
  },
  {
    what: 'a deny of network interfaces that includes Lambda itself',
    edit: { 'FunctionPolicy|Properties|PolicyDocument|Statement|2|Condition': null },
    rejected: { code: 'INVALID_PROPERTY', message: /does not have permissions to call CreateNetworkInterface on EC2/ },
  },
  {
    what: 'active tracing without permission to send traces',
    edit: { 'FunctionPolicy|Properties|PolicyDocument|Statement|0|Action': ['xray:GetSamplingRules'] },
    rejected: {
      code: 'INVALID_PROPERTY',
      message: /does not have permissions to call PutTraceSegments on XRAY\. Attach AWSXRayDaemonWriteAccess/,
    },
  },
  {
    what: 'a role that may not write logs',
    edit: { [statement]: [allow, { Effect: 'Deny', Action: 'logs:*', Resource: '*' }] },
    warning:
      /CreateItemFunction \(items-local-CreateItem\) will write no logs: CreateItemRole \(arn:aws:iam::.*\) does not allow logs:CreateLogStream and logs:PutLogEvents/,
    requests: [create(201)],
  },
];
