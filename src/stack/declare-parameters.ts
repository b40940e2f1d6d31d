import { CfnParameter, type CfnParameterProps, type Stack } from 'aws-cdk-lib';

/** Adds parameters in the order of their definitions, and how the CloudFormation console groups them. */
export const declareParameters = <Name extends string>(
  stack: Stack,
  definitions: Readonly<Record<Name, CfnParameterProps>>,
  groups: Readonly<Record<string, readonly Name[]>>,
): Record<Name, CfnParameter> => {
  stack.templateOptions.metadata = {
    'AWS::CloudFormation::Interface': {
      ParameterGroups: Object.entries<readonly Name[]>(groups).map(([label, parameters]) => ({
        Label: { default: label },
        Parameters: parameters,
      })),
    },
  };
  return Object.fromEntries(
    Object.entries<CfnParameterProps>(definitions).map(([name, definition]) => [
      name,
      new CfnParameter(stack, name, definition),
    ]),
  ) as Record<Name, CfnParameter>;
};

/** What the templates of the product ask for in the same words. */
export const common = {
  EnvironmentSuffix: {
    allowedPattern: '^[a-z0-9][a-z0-9-]{0,30}$',
    constraintDescription: '1 to 31 of a-z 0-9 -',
    default: 'dev',
  },
  StageName: {
    allowedPattern: '^[A-Za-z0-9_-]{1,128}$',
    constraintDescription: '1 to 128 of A-Z a-z 0-9 _ -',
    default: 'v1',
  },
  KmsKeyArn: {
    allowedPattern: '^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)?$',
    constraintDescription: 'empty or the ARN of a key',
    default: '',
  },
  /** The days that CloudWatch Logs takes, up to ten years. */
  LogRetentionDays: {
    type: 'Number',
    default: '365',
    allowedValues: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653].map(String),
  },
  Project: {
    description: 'Value of the tag Project',
    default: 'items-api',
    allowedPattern: '^[A-Za-z0-9 _.:/=+@-]{0,256}$',
  },
} as const satisfies Record<string, CfnParameterProps>;
