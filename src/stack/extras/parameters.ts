import { CfnParameter, type CfnParameterProps, type Stack } from 'aws-cdk-lib';

const definitions = {
  ApiStackName: {
    description: 'Name of the stack of the API',
    default: 'items-dev',
    allowedPattern: '^[A-Za-z][A-Za-z0-9-]{0,52}$',
    constraintDescription: 'a stack name of at most 53 characters',
  },
  RestApiId: {
    description: 'Id of the API: the first part of the host in ApiInvokeUrl, an output of its stack',
    allowedPattern: '^[a-z0-9]{10}$',
    constraintDescription: '10 of a-z 0-9, such as a1b2c3d4e5',
  },
  StageName: {
    description: 'StageName of the API',
    default: 'v1',
    allowedPattern: '^[A-Za-z0-9_-]{1,128}$',
    constraintDescription: '1 to 128 of A-Z a-z 0-9 _ -',
  },
  EnvironmentSuffix: {
    description: 'EnvironmentSuffix of the API',
    default: 'dev',
    allowedPattern: '^[a-z0-9][a-z0-9-]{0,30}$',
    constraintDescription: '1 to 31 of a-z 0-9 -',
  },
  WebAcl: {
    description: 'Whether AWS WAF filters requests to the API',
    default: 'true',
    allowedValues: ['true', 'false'],
  },
  WebAclRateLimit: {
    type: 'Number',
    description: 'Requests that an IP address may make in five minutes before WAF blocks it',
    default: 2000,
    minValue: 10,
    maxValue: 2_000_000_000,
  },
  KmsKeyArn: {
    description: 'Key for the log of WAF; its policy must let CloudWatch Logs use it',
    default: '',
    allowedPattern: '^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)?$',
    constraintDescription: 'empty or the ARN of a key',
  },
  LogRetentionDays: {
    type: 'Number',
    description: 'Days that the log of WAF is kept',
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
  Project: {
    description: 'Value of the tag Project',
    default: 'items-api',
    allowedPattern: '^[A-Za-z0-9 _.:/=+@-]{0,256}$',
  },
} as const satisfies Record<string, CfnParameterProps>;

/** The parameters of the extras, by name. */
export type ExtrasParameters = Readonly<Record<keyof typeof definitions, CfnParameter>>;

/** Adds the parameters: which API the extras are for, and what WAF lets through. */
export const addExtrasParameters = (stack: Stack): ExtrasParameters => {
  stack.templateOptions.metadata = {
    'AWS::CloudFormation::Interface': {
      ParameterGroups: [
        { Label: { default: 'API' }, Parameters: ['ApiStackName', 'RestApiId', 'StageName', 'EnvironmentSuffix'] },
        { Label: { default: 'Protection' }, Parameters: ['WebAcl', 'WebAclRateLimit', 'KmsKeyArn', 'LogRetentionDays'] },
        { Label: { default: 'Tags' }, Parameters: ['Project'] },
      ],
    },
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, new CfnParameter(stack, name, definition)]),
  ) as Record<keyof typeof definitions, CfnParameter>;
};
