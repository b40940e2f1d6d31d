import type { CfnParameter, CfnParameterProps, Stack } from 'aws-cdk-lib';
import { common, declareParameters } from '../declare-parameters.ts';

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
  StageName: { ...common.StageName, description: 'StageName of the API' },
  EnvironmentSuffix: { ...common.EnvironmentSuffix, description: 'EnvironmentSuffix of the API' },
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
    ...common.KmsKeyArn,
    description: 'Key for the log of WAF; its policy must let CloudWatch Logs use it',
  },
  LogRetentionDays: { ...common.LogRetentionDays, description: 'Days that the log of WAF is kept' },
  Project: common.Project,
} as const satisfies Record<string, CfnParameterProps>;

/** The parameters of the extras, by name. */
export type ExtrasParameters = Readonly<Record<keyof typeof definitions, CfnParameter>>;

/** Adds the parameters: which API the extras are for, and what WAF lets through. */
export const addExtrasParameters = (stack: Stack): ExtrasParameters =>
  declareParameters(stack, definitions, {
    API: ['ApiStackName', 'RestApiId', 'StageName', 'EnvironmentSuffix'],
    Protection: ['WebAcl', 'WebAclRateLimit', 'KmsKeyArn', 'LogRetentionDays'],
    Tags: ['Project'],
  });
