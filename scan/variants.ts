/** The templates of the product. */
export const files = ['template.yaml', 'template.python.yaml'] as const;

export type TemplateFile = (typeof files)[number];

/** The template of the roles for GitHub. Only cfn-lint reads it: the other scanners check workloads. */
export const rolesFile = 'deploy/github-roles.yaml';

/**
 * Each template is scanned twice: as it is, with the defaults of its parameters, and resolved with the parameters in `hardened`.
 * Scanners evaluate few functions. The second variant shows them the values that the first hides in parameters and conditions.
 */
export const variants = ['defaults', 'hardened'] as const;

export type Variant = (typeof variants)[number];

/** Every parameter that protects something is switched on. A new parameter must be added here or to `leftAtDefault`. */
export const hardened: Readonly<Record<string, string>> = {
  AuthorizationType: 'AWS_IAM',
  RequireApiKey: 'true',
  AllowedOrigins: 'https://app.example',
  DomainName: 'api.app.example',
  CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
  HostedZoneId: 'Z0123456789ABCDEFGHIJ',
  NatGateways: 'PerAvailabilityZone',
  DynamoDbPrefixListId: 'pl-02cd2c6b',
  KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555',
  DeletionProtection: 'true',
  PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  WebAcl: 'true',
  ReservedConcurrency: '10',
  DetailedMetrics: 'true',
  TraceSamplingRate: '1',
  AlarmEmail: 'operations@app.example',
};

/** Parameters that are not hardened, each with the reason. */
export const leftAtDefault: Readonly<Record<string, string>> = {
  AvailabilityZone1: 'a place',
  AvailabilityZone2: 'a place',
  EnvironmentSuffix: 'a name',
  LogRetentionDays: 'the default, a year, is what rules ask for',
  ManageApiGatewayAccount: 'the default adds the role and the setting, so that they are scanned',
  MemorySize: 'performance and cost',
  MinimumTlsVersion: 'the default, 1.3, is the stricter',
  Owner: 'a name',
  PrivateSubnet1Cidr: 'an address range',
  PrivateSubnet2Cidr: 'an address range',
  Project: 'a name',
  PublicSubnet1Cidr: 'an address range',
  PublicSubnet2Cidr: 'an address range',
  StageName: 'a name',
  ThrottlingBurstLimit: 'throttled at every value',
  ThrottlingRateLimit: 'throttled at every value',
  UserPoolArn: 'for COGNITO_USER_POOLS only, and AWS_IAM is the stricter',
  VpcCidr: 'an address range',
  WebAclRateLimit: 'limited at every value',
};
