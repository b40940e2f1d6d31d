import type { CfnParameter, CfnParameterProps, Stack } from 'aws-cdk-lib';
import { common, declareParameters } from './declare-parameters.ts';

/** What a user may set. The keys are the parameters' names, in the order in which the template lists them. */
const definitions = {
  EnvironmentSuffix: {
    ...common.EnvironmentSuffix,
    description: 'Ends the name of the table; a change replaces the table, and its items are gone',
  },
  StageName: { ...common.StageName, description: 'First segment of every path' },
  AuthorizationType: {
    description: 'Who may call: signing AWS principals, users of a pool, or everyone',
    default: 'AWS_IAM',
    allowedValues: ['AWS_IAM', 'COGNITO_USER_POOLS', 'NONE'],
  },
  UserPoolArn: {
    description: 'Pool for COGNITO_USER_POOLS; to change it, switch AuthorizationType away and back',
    default: '',
    allowedPattern: '^(arn:[a-z-]+:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[A-Za-z0-9_-]+)?$',
    constraintDescription: 'empty or the ARN of a user pool',
  },
  RequireApiKey: {
    description: 'Whether requests need an x-api-key',
    default: 'false',
    allowedValues: ['true', 'false'],
  },
  AllowedOrigins: {
    type: 'CommaDelimitedList',
    description: 'Web origins whose pages may call, comma-separated, or *',
    default: '*',
    allowedPattern: '^(\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?)$',
    constraintDescription: '* or origins such as https://example.com',
  },
  ThrottlingRateLimit: {
    type: 'Number',
    description: 'Requests a second per method',
    default: 500,
    minValue: 1,
    maxValue: 10000,
  },
  ThrottlingBurstLimit: {
    type: 'Number',
    description: 'Requests at once per method',
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
    description: 'Lets functions out to DynamoDB only; see aws ec2 describe-managed-prefix-lists',
    default: '',
    allowedPattern: '^(pl-[0-9a-f]{8,17})?$',
    constraintDescription: 'empty or an id such as pl-02cd2c6b',
  },
  KmsKeyArn: {
    ...common.KmsKeyArn,
    description: 'Key for table, logs and alarms; its policy must let CloudWatch and Logs use it',
  },
  DeletionProtection: {
    description: 'Whether the table, and so the stack, cannot be deleted',
    default: 'false',
    allowedValues: ['true', 'false'],
  },
  MemorySize: {
    type: 'Number',
    description: 'Memory of each function in MB',
    default: 256,
    minValue: 256,
    maxValue: 10240,
  },
  ReservedConcurrency: {
    description: "Executions of each function at once, taken from the account's quota",
    default: '',
    allowedPattern: '^([1-9][0-9]{0,3})?$',
    constraintDescription: 'empty or from 1',
  },
  LogRetentionDays: { ...common.LogRetentionDays, description: 'Days that logs are kept' },
  DetailedMetrics: {
    description: 'Metrics of each method, billed as custom metrics',
    default: 'false',
    allowedValues: ['true', 'false'],
  },
  TraceSamplingRate: {
    type: 'Number',
    description: 'Part of all requests that X-Ray traces',
    default: 0.05,
    minValue: 0,
    maxValue: 1,
  },
  AlarmEmail: {
    description: 'Address for alarms, to be confirmed',
    default: '',
    allowedPattern: '^([^@ ]+@[^@ ]+)?$',
    constraintDescription: 'empty or an e-mail address',
  },
  ManageApiGatewayAccount: {
    description:
      'Sets the role that API Gateway logs with, one for account and region, gone with the stack; false where there is one',
    default: 'true',
    allowedValues: ['true', 'false'],
  },
  Project: common.Project,
} as const satisfies Record<string, CfnParameterProps>;

/** The name of a parameter. */
export type ParameterName = keyof typeof definitions;

/** The parameters of a stack, by name. */
export type Parameters = Readonly<Record<ParameterName, CfnParameter>>;

/** The parameters whose values become tags of the same name. */
export const tagParameters = ['Project'] as const satisfies readonly ParameterName[];

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
  Protection: ['KmsKeyArn', 'DeletionProtection'],
  Operations: [
    'MemorySize',
    'ReservedConcurrency',
    'LogRetentionDays',
    'DetailedMetrics',
    'TraceSamplingRate',
    'AlarmEmail',
    'ManageApiGatewayAccount',
  ],
  Tags: tagParameters,
};

/** Adds the parameters of the API's template. */
export const addParameters = (stack: Stack): Parameters => declareParameters(stack, definitions, groups);
