/** The ways in which each template is scanned; what a variant does not name is at its default. */
export const variants = ['defaults', 'hardened'] as const;

export type Variant = (typeof variants)[number];

type Parameters = Readonly<Record<string, string>>;
export type Variants = Readonly<Partial<Record<Variant, Parameters>>>;

const key = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

const api: Variants = {
  defaults: {},
  /** Every parameter that protects something is switched on; a new one belongs in here or in `leftAtDefault`. */
  hardened: {
    AuthorizationType: 'AWS_IAM',
    RequireApiKey: 'true',
    AllowedOrigins: 'https://app.example',
    NatGateways: 'PerAvailabilityZone',
    DynamoDbPrefixListId: 'pl-02cd2c6b',
    KmsKeyArn: key,
    DeletionProtection: 'true',
    ReservedConcurrency: '10',
    DetailedMetrics: 'true',
    TraceSamplingRate: '1',
    AlarmEmail: 'operations@app.example',
  },
};

/** The templates of the product, each with the parameters of its variants. */
export const templates = {
  'template.yaml': api,
  'template.python.yaml': api,
  'template.extras.yaml': {
    defaults: { RestApiId: 'a1b2c3d4e5' },
    hardened: { RestApiId: 'a1b2c3d4e5', KmsKeyArn: key },
  },
} satisfies Readonly<Record<string, Variants>>;

/** Parameters that no variant sets, each with the reason: a test holds that every other one is hardened. */
export const leftAtDefault: Readonly<Record<string, string>> = {
  ApiStackName: 'a name',
  EnvironmentSuffix: 'a name',
  LogRetentionDays: 'the default, a year, is what rules ask for',
  ManageApiGatewayAccount: 'the default adds the role and the setting, so that they are scanned',
  MemorySize: 'performance and cost',
  Project: 'a name',
  StageName: 'a name',
  ThrottlingBurstLimit: 'throttled at every value',
  ThrottlingRateLimit: 'throttled at every value',
  UserPoolArn: 'for COGNITO_USER_POOLS only, and AWS_IAM is the stricter',
  WebAcl: 'on by default',
  WebAclRateLimit: 'limited at every value',
};

export type TemplateFile = keyof typeof templates;

export const files = Object.keys(templates) as TemplateFile[];
