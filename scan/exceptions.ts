import type { Exception } from './judge.ts';

/* Ids are written out: a resource that comes new is to be thought about. */

const operations = ['CreateItem', 'ListItems', 'GetItem', 'UpdateItem', 'DeleteItem'];
const functions = operations.map((operation) => `${operation}Function`);
const logGroups = [
  ...['FlowLogGroup', 'AccessLogGroup', 'ExecutionLogGroup', 'WebAclLogGroup'],
  ...operations.map((name) => `${name}LogGroup`),
];

/** An argument that holds for several rules. */
type Argument = Pick<Exception, 'reason' | 'reconsider' | 'variants' | 'files'>;

const customerKeys: Argument = {
  reason:
    'All data is encrypted with keys that AWS keeps. A key of one’s own costs money every month and cannot be deleted at once with the stack, so it is the deployer’s to bring: parameter KmsKeyArn.',
  reconsider: 'A key policy that AWS manages, with revocation by the customer, at no cost.',
  variants: ['defaults'],
};

const reservedConcurrency: Argument = {
  reason:
    'The stage’s throttling bounds how many functions run. A reservation takes from the account’s quota, which is small in new accounts and refuses the stack then, so it is a parameter: ReservedConcurrency.',
  reconsider: 'A function that is not called through the throttled stage.',
  variants: ['defaults'],
};

const deadLetters: Argument = {
  reason:
    'Dead-letter queues take events of asynchronous invocations. API Gateway invokes these functions synchronously: a failure is the answer to the request, and the client repeats it.',
  reconsider: 'A function that is invoked by events or on a schedule.',
};

const pythonVersion: Argument = {
  reason:
    'python3.14 is the newest that AWS documents. The rule goes by the names that the CDK has, and python3.15 is one before a function can be sure to get it in every region.',
  reconsider: 'python3.15 in the list of runtimes of the Lambda Developer Guide.',
  files: ['template.python.yaml'],
};

/** Findings that we live with, and why. The scan fails on one that is not here, and on an entry whose finding is gone. */
export const exceptions: readonly Exception[] = [
  { tool: 'checkov', rule: 'CKV_AWS_119', resources: ['ItemsTable'], ...customerKeys },
  { tool: 'checkov', rule: 'CKV_AWS_158', resources: logGroups, ...customerKeys },
  { tool: 'control-tower', rule: 'CT.CLOUDWATCH.PR.3', resources: logGroups, ...customerKeys },

  {
    tool: 'checkov',
    rule: 'CKV_AWS_26',
    resources: ['AlarmTopic'],
    variants: ['defaults'],
    reason:
      'The key that AWS keeps for SNS lets no CloudWatch alarm publish, so only a key of the deployer’s can encrypt the topic: parameter KmsKeyArn. Messages name alarms and numbers, no items.',
    reconsider: 'A managed key of SNS that lets CloudWatch use it.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_173',
    resources: functions,
    reason:
      'Environment variables hold the names of the table and of origins, no secret. Lambda encrypts them with a key of its own; with the deployer’s, each start of an environment would wait for KMS and fail without it.',
    reconsider: 'A variable whose value is not in the template for all to read.',
  },

  { tool: 'checkov', rule: 'CKV_AWS_115', resources: functions, ...reservedConcurrency },

  { tool: 'checkov', rule: 'CKV_AWS_116', resources: functions, ...deadLetters },
  { tool: 'cdk-nag', rule: 'Serverless-LambdaDLQ', resources: functions, ...deadLetters },

  {
    tool: 'checkov',
    rule: 'CKV_AWS_120',
    resources: ['Stage'],
    reason:
      'A cache of the gateway would answer with items as they were: a client could not read what it has just written, and If-Match would fail on the version that it was shown. It also costs by the hour.',
    reconsider: 'A route whose answers may be old.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-APIG3',
    resources: ['Stage'],
    reason:
      'A web ACL costs money every month, whether requests come or not. Callers are authorized and throttled without it, so it is a stack of its own: template.extras.yaml.',
    reconsider: 'A default that lets callers in without authorization.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-APIG4',
    resources: ['ItemsOptionsMethod', 'ItemOptionsMethod'],
    reason:
      'Browsers send preflights without credentials (Fetch standard), so a preflight that asks for some breaks every other request. The gateway answers it itself, with headers and no data.',
    reconsider: 'An OPTIONS method that calls a function.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-COG4',
    resources: operations.map((operation) => `${operation}Method`),
    reason:
      'Callers sign with IAM credentials, which no Cognito authorizer checks. A deployment whose callers are people takes AuthorizationType=COGNITO_USER_POOLS.',
    reconsider: 'COGNITO_USER_POOLS as the default.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
    resources: operations.map((operation) => `${operation}Role`),
    reason:
      'What Lambda needs to attach a function to a VPC; AWS keeps it up to date. Its actions on network interfaces know no resources, and FunctionPolicy denies them to the function’s own code.',
    reconsider: 'Resource-level permissions for the network interfaces of Lambda.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    resources: ['ApiGatewayAccountRole'],
    reason:
      'One role writes the logs of all APIs of account and region, among them groups that API Gateway names, so it cannot be confined to ours. This is the policy that API Gateway documents for it.',
    reconsider: 'A logging role for each API instead of one for the account.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5[Resource::*]',
    resources: ['FunctionPolicy'],
    reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources (Service Authorization Reference).',
    reconsider: 'Resource types for these actions.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-SNS3',
    resources: ['AlarmTopic'],
    variants: ['defaults'],
    reason:
      'The topic’s own policy lets none but the account publish, and CloudWatch does so over TLS. A policy that says so again takes bytes that a template without a bucket does not have.',
    reconsider: 'A publisher that is not CloudWatch, or room in the template.',
  },
  {
    tool: 'cdk-nag',
    rule: 'Serverless-SNSRedrivePolicy',
    resources: ['AlarmSubscription'],
    variants: ['hardened'],
    reason:
      'Mail to a person: nobody would read the queue that undelivered mail went to, while the state and the history of an alarm stay in CloudWatch.',
    reconsider: 'A subscription of a program.',
  },
  { tool: 'cdk-nag', rule: 'AwsSolutions-L1', resources: functions, ...pythonVersion },
  { tool: 'cdk-nag', rule: 'Serverless-LambdaLatestVersion', resources: functions, ...pythonVersion },
  {
    tool: 'cfn-lint',
    rule: 'I1022',
    resources: ['CreateItemFunction'],
    variants: ['shipped'],
    reason:
      'Fn::Join puts the shared code in front of a function’s own. Fn::Sub would do the same in more bytes, of which a template without a bucket has few, and invite a reader to take the ${…} of the code for variables.',
    reconsider: 'A template that may be larger.',
  },
];
