import { CfnParameter, type CfnParameterProps, type Stack } from 'aws-cdk-lib';

const tagPattern = '^[A-Za-z0-9 _.:/=+@-]{0,256}$';

/** What a user may set. The keys are the parameters' names, in the order in which the template lists them. */
const definitions = {
  EnvironmentSuffix: {
    description: 'Ends the name of the table; changing it replaces the table and deletes its items',
    default: 'dev',
    allowedPattern: '^[a-z0-9][a-z0-9-]{0,30}$',
    constraintDescription: '1 to 31 lower-case letters, digits and hyphens',
  },
  StageName: {
    description: 'First segment of every path',
    default: 'v1',
    allowedPattern: '^[A-Za-z0-9_-]{1,128}$',
    constraintDescription: '1 to 128 letters, digits, hyphens and underscores',
  },
  AuthorizationType: {
    description: 'Who may call: signing AWS principals, users of a pool, or everyone',
    default: 'AWS_IAM',
    allowedValues: ['AWS_IAM', 'COGNITO_USER_POOLS', 'NONE'],
  },
  UserPoolArn: {
    description:
      'User pool for COGNITO_USER_POOLS. To change it, switch AuthorizationType away and back: deployments keep theirs',
    default: '',
    allowedPattern: '^(arn:[a-z-]+:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[A-Za-z0-9_-]+)?$',
    constraintDescription: 'empty or the ARN of a user pool',
  },
  RequireApiKey: {
    description: 'Whether requests must carry an x-api-key of the usage plan',
    default: 'false',
    allowedValues: ['true', 'false'],
  },
  AllowedOrigins: {
    type: 'CommaDelimitedList',
    description: 'Web origins whose pages may read answers: * or a comma-separated list',
    default: '*',
    allowedPattern: '^(\\*|https?://[A-Za-z0-9.:-]+)$',
    constraintDescription: '* or origins such as https://example.com, without a path',
  },
  ThrottlingRateLimit: {
    type: 'Number',
    description: 'Requests a second',
    default: 500,
    minValue: 1,
    maxValue: 10000,
  },
  ThrottlingBurstLimit: {
    type: 'Number',
    description: 'Requests at once',
    default: 1000,
    minValue: 1,
    maxValue: 5000,
  },
  NatGateways: {
    description: 'NAT gateways, billed by the hour; DynamoDB needs none',
    default: 'One',
    allowedValues: ['One', 'PerAvailabilityZone', 'None'],
  },
  DynamoDbPrefixListId: {
    description: 'Narrows the functions to DynamoDB: its id is in aws ec2 describe-managed-prefix-lists',
    default: '',
    allowedPattern: '^(pl-[0-9a-f]{8,17})?$',
    constraintDescription: 'empty or the id of a prefix list, such as pl-02cd2c6b',
  },
  MemorySize: {
    type: 'Number',
    description: 'Memory of each function in MB',
    default: 256,
    minValue: 256,
    maxValue: 10240,
  },
  LogRetentionDays: {
    type: 'Number',
    description: 'Days that logs are kept',
    default: '365',
    allowedValues: [
      '1',
      '3',
      '5',
      '7',
      '14',
      '30',
      '60',
      '90',
      '120',
      '150',
      '180',
      '365',
      '400',
      '545',
      '731',
      '1096',
      '1827',
      '3653',
    ],
  },
  ManageApiGatewayAccount: {
    description:
      'Sets the role that API Gateway logs with, one for all APIs of account and region, without which no stage can log. It is gone with the stack: false where a standing role is set',
    default: 'true',
    allowedValues: ['true', 'false'],
  },
  Project: { description: 'Value of the tag Project', default: 'items-api', allowedPattern: tagPattern },
  Owner: { description: 'Value of the tag Owner', default: 'unassigned', allowedPattern: tagPattern },
} as const satisfies Record<string, CfnParameterProps>;

/** The name of a parameter. */
export type ParameterName = keyof typeof definitions;

/** The parameters of a stack, by name. */
export type Parameters = Readonly<Record<ParameterName, CfnParameter>>;

/** The parameters whose values become tags of the same name. */
export const tagParameters = ['Project', 'Owner'] as const satisfies readonly ParameterName[];

const groups: Record<string, readonly ParameterName[]> = {
  Environment: ['EnvironmentSuffix', 'StageName'],
  Access: [
    'AuthorizationType',
    'UserPoolArn',
    'RequireApiKey',
    'AllowedOrigins',
    'ThrottlingRateLimit',
    'ThrottlingBurstLimit',
  ],
  Network: ['NatGateways', 'DynamoDbPrefixListId'],
  Operations: ['MemorySize', 'LogRetentionDays', 'ManageApiGatewayAccount'],
  Tags: tagParameters,
};

// Only where the name does not say it.
const labels: Partial<Record<ParameterName, string>> = {
  AllowedOrigins: 'Allowed web origins (CORS)',
  DynamoDbPrefixListId: 'Prefix list of DynamoDB',
  ManageApiGatewayAccount: "Own the region's API Gateway logging role",
};

/** Adds the parameters, and how the CloudFormation console groups and labels them. */
export const addParameters = (stack: Stack): Parameters => {
  stack.templateOptions.metadata = {
    'AWS::CloudFormation::Interface': {
      ParameterGroups: Object.entries(groups).map(([label, parameters]) => ({
        Label: { default: label },
        Parameters: parameters,
      })),
      ParameterLabels: Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, { default: label }])),
    },
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, new CfnParameter(stack, name, definition)]),
  ) as Record<ParameterName, CfnParameter>;
};
