// One file: a list that reads like the section Parameters of the template.
import type { Parameter, Properties } from './cloudformation.ts';
import type { tagParameters } from './tags.ts';

/** Parameters that a user can set, in the groups in which the CloudFormation console shows them. */
const groups = {
  Environment: {
    EnvironmentSuffix: {
      Description:
        'Ends the names of table and API. A second stack in the same account and region needs another value. Changing it replaces the table and deletes its items.',
      Type: 'String',
      Default: 'dev',
      AllowedPattern: '^[a-z0-9][a-z0-9-]{0,30}$',
      ConstraintDescription: '1 to 31 characters from a-z 0-9 -',
    },
    StageName: {
      Description: 'Name of the stage, the first segment of every path of the invoke URL.',
      Type: 'String',
      Default: 'v1',
      AllowedPattern: '^[A-Za-z0-9_-]{1,128}$',
      ConstraintDescription: '1 to 128 characters from A-Z a-z 0-9 _ -',
    },
  },
  Access: {
    AuthorizationType: {
      Description:
        'Who may call: AWS principals that sign (AWS_IAM), users of a Cognito user pool (COGNITO_USER_POOLS) or everybody (NONE). Every authorized caller may read and delete every item.',
      Type: 'String',
      Default: 'AWS_IAM',
      AllowedValues: ['AWS_IAM', 'COGNITO_USER_POOLS', 'NONE'],
    },
    UserPoolArn: {
      Description:
        'ARN of the user pool for COGNITO_USER_POOLS. To use another pool later, set AuthorizationType to AWS_IAM and back.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(arn:[a-z-]+:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[A-Za-z0-9_-]+)?$',
      ConstraintDescription: 'empty or the ARN of a user pool',
    },
    RequireApiKey: {
      Description: 'Set true to require an API key in the header x-api-key, with a usage plan.',
      Type: 'String',
      Default: 'false',
      AllowedValues: ['true', 'false'],
    },
    AllowedOrigins: {
      Description: 'Web origins whose pages may call the API, comma-separated, or * for all.',
      Type: 'CommaDelimitedList',
      Default: '*',
      AllowedPattern: '^(\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?)$',
      ConstraintDescription: '* or origins such as https://example.com',
    },
    ThrottlingRateLimit: {
      Description:
        'Requests a second that each method accepts on average; more get 429. It bounds the bill: the default can still cost 30,000 USD a month with items of 400 KB, see docs/cost.md.',
      Type: 'Number',
      Default: 10,
      MinValue: 1,
      MaxValue: 10000,
    },
    ThrottlingBurstLimit: {
      Description: 'Requests that each method accepts at once.',
      Type: 'Number',
      Default: 20,
      MinValue: 1,
      MaxValue: 5000,
    },
    MinimumTlsVersion: {
      Description: 'Oldest version of TLS that clients may use.',
      Type: 'String',
      Default: '1.3',
      AllowedValues: ['1.2', '1.3'],
    },
  },
  Domain: {
    DomainName: {
      Description: 'Custom domain name of the API, such as api.example.com. Empty: the invoke URL of API Gateway only.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+)?$',
      ConstraintDescription: 'empty or a host name such as api.example.com',
    },
    CertificateArn: {
      Description: 'ARN of a certificate for DomainName in AWS Certificate Manager, in the region of the stack.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+)?$',
      ConstraintDescription: 'empty or the ARN of a certificate',
    },
    HostedZoneId: {
      Description:
        'Id of the hosted zone in Route 53 that gets the record of DomainName. Empty: create the record yourself.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(Z[A-Z0-9]{1,31})?$',
      ConstraintDescription: 'empty or an id such as Z0123456789ABCDEFGHIJ',
    },
  },
  Network: {
    NatGateways: {
      Description: 'NAT gateways, billed by the hour. The functions reach DynamoDB without one.',
      Type: 'String',
      Default: 'One',
      AllowedValues: ['One', 'PerAvailabilityZone', 'None'],
    },
    DynamoDbPrefixListId: {
      Description:
        'Limits the egress of the functions to DynamoDB. "aws ec2 describe-managed-prefix-lists" lists the ids of the region.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(pl-[0-9a-f]{8,17})?$',
      ConstraintDescription: 'empty or an id such as pl-02cd2c6b',
    },
    VpcCidr: cidr('Address range of the VPC. It must contain the four subnets.', '10.0.0.0/16'),
    PublicSubnet1Cidr: cidr('Address range of the public subnet in the first Availability Zone.', '10.0.1.0/24'),
    PrivateSubnet1Cidr: cidr('Address range of the private subnet in the first Availability Zone.', '10.0.2.0/24'),
    PublicSubnet2Cidr: cidr('Address range of the public subnet in the second Availability Zone.', '10.0.3.0/24'),
    PrivateSubnet2Cidr: cidr('Address range of the private subnet in the second Availability Zone.', '10.0.4.0/24'),
    AvailabilityZone1: zone('First Availability Zone. Empty: the first of the region. Lambda does not support every zone.'),
    AvailabilityZone2: zone('Second Availability Zone. Empty: the second of the region.'),
  },
  Protection: {
    KmsKeyArn: {
      Description:
        'ARN of a KMS key for table, logs and alarms. Its key policy must allow CloudWatch and CloudWatch Logs to use it.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)?$',
      ConstraintDescription: 'empty or the ARN of a key',
    },
    DeletionProtection: {
      Description: 'Set true to protect the table from deletion. The stack cannot be deleted then.',
      Type: 'String',
      Default: 'false',
      AllowedValues: ['true', 'false'],
    },
    PermissionsBoundaryArn: {
      Description: 'ARN of a policy that becomes the permissions boundary of all roles of the stack.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^(arn:[a-z-]+:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+)?$',
      ConstraintDescription: 'empty or the ARN of a policy',
    },
    WebAcl: {
      Description: 'Set true to filter requests with AWS WAF.',
      Type: 'String',
      Default: 'false',
      AllowedValues: ['true', 'false'],
    },
    WebAclRateLimit: {
      Description: 'Requests of one IP address in five minutes above which AWS WAF blocks it.',
      Type: 'Number',
      Default: 2000,
      MinValue: 10,
      MaxValue: 2_000_000_000,
    },
  },
  Operations: {
    MemorySize: {
      Description: 'Memory of each function in MB. CPU grows with it.',
      Type: 'Number',
      Default: 256,
      MinValue: 256,
      MaxValue: 10240,
    },
    ReservedConcurrency: {
      Description: "Executions of each function at once, reserved from the account's quota. Empty: no reservation.",
      Type: 'String',
      Default: '',
      AllowedPattern: '^([1-9][0-9]{0,3})?$',
      ConstraintDescription: 'empty or a number from 1 to 9999',
    },
    LogRetentionDays: {
      Description: 'Days after which logs are deleted.',
      Type: 'Number',
      Default: 365,
      AllowedValues: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653],
    },
    DetailedMetrics: {
      Description: 'Set true for metrics of each method, billed as custom metrics.',
      Type: 'String',
      Default: 'false',
      AllowedValues: ['true', 'false'],
    },
    TraceSamplingRate: {
      Description: 'Share of the requests that AWS X-Ray traces, from 0 to 1.',
      Type: 'Number',
      Default: 0.05,
      MinValue: 0,
      MaxValue: 1,
    },
    AlarmEmail: {
      Description: 'E-mail address that gets alarms after it confirmed the subscription.',
      Type: 'String',
      Default: '',
      AllowedPattern: '^([^@ ]+@[^@ ]+)?$',
      ConstraintDescription: 'empty or an e-mail address',
    },
    ManageApiGatewayAccount: {
      Description:
        'Create the account-wide API Gateway logging role. Deleting the stack deletes it, and every API of the region stops logging. To avoid that, set a role that stays with "aws apigateway update-account", and set false here. Set false if the region has a role already.',
      Type: 'String',
      Default: 'true',
      AllowedValues: ['true', 'false'],
    },
  },
  Tags: {
    Project: tag('Value of the tag Project.', 'items-api'),
    Owner: tag('Value of the tag Owner: the team or person to ask.', 'unassigned'),
  } satisfies Record<(typeof tagParameters)[number], Parameter>,
} as const satisfies Record<string, Record<string, Parameter>>;

/** Returns the parameters, in the order in which the template lists them. */
export const parameters = (): Readonly<Record<string, Parameter>> =>
  Object.assign({}, ...Object.values<Readonly<Record<string, Parameter>>>(groups));

/** Returns the groups in which the CloudFormation console shows the parameters. */
export const parameterGroups = (): Properties => ({
  ParameterGroups: Object.entries(groups).map(([label, members]) => ({
    Label: { default: label },
    Parameters: Object.keys(members),
  })),
});

function cidr(Description: string, Default: string): Parameter {
  return {
    Description,
    Type: 'String',
    Default,
    AllowedPattern: '^([0-9]{1,3}\\.){3}[0-9]{1,3}/(1[6-9]|2[0-8])$',
    ConstraintDescription: 'an IPv4 range of /16 to /28, such as 10.0.0.0/16',
  };
}

function zone(Description: string): Parameter {
  return {
    Description,
    Type: 'String',
    Default: '',
    AllowedPattern: '^([a-z]{2}(-[a-z]+)+-[0-9]+[a-z]|[a-z]{2}(-[a-z]+)+-[0-9]+-[a-z]+-[0-9]+[a-z])?$',
    ConstraintDescription: 'empty or a name such as eu-central-1a',
  };
}

function tag(Description: string, Default: string): Parameter {
  return {
    Description,
    Type: 'String',
    Default,
    AllowedPattern: '^[A-Za-z0-9 _.:/=+@-]{0,256}$',
    ConstraintDescription: 'at most 256 characters from A-Z a-z 0-9 space _ . : / = + @ -',
  };
}
