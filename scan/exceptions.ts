import { operations as rows } from '../src/contract/operations.ts';
import type { Exception } from './judge.ts';

/* Other logical ids are written out, so that a new resource requires a decision. */

const operations = rows.map(({ name }) => name);
const functions = operations.map((operation) => `${operation}Function`);
const methods = operations.map((operation) => `${operation}Method`);
const logGroups = [
  ...['FlowLogGroup', 'AccessLogGroup', 'ExecutionLogGroup', 'WebAclLogGroup'],
  ...operations.map((name) => `${name}LogGroup`),
];

/** An argument that applies to several rules. */
type Argument = Pick<Exception, 'reason' | 'reconsider' | 'variants' | 'files'>;

/**
 * A scanner that does not evaluate a function cannot check its value. The variant `hardened` has values in place of functions.
 */
const notEvaluated = (what: string): Argument => ({
  reason: `${what}, and the rule passes where the value stands in place of the reference, in the variant hardened.`,
  reconsider: 'A version of the scanner that evaluates references.',
  variants: ['defaults'],
});

const deadLetters: Argument = {
  reason:
    'Dead-letter queues take the events of asynchronous invocations. API Gateway invokes these functions synchronously: the client gets the error and can retry.',
  reconsider: 'A function that is invoked by events or on a schedule.',
};

const pythonVersion: Argument = {
  reason:
    'python3.14 is the newest runtime that AWS documents. The rule compares with the names in the CDK, which has python3.15 before every region has it.',
  reconsider: 'python3.15 in the list of runtimes of the Lambda Developer Guide.',
  files: ['template.python.yaml'],
};

/**
 * Accepted findings, each with the reason. The scan fails on a finding that is not in this list, and on an entry without a
 * finding.
 */
export const exceptions: readonly Exception[] = [
  {
    tool: 'control-tower',
    rule: 'CT.CLOUDWATCH.PR.2',
    resources: logGroups,
    ...notEvaluated('cfn-guard does not evaluate !Ref LogRetentionDays, which is 365 by default'),
  },
  {
    tool: 'control-tower',
    rule: 'CT.LAMBDA.PR.2',
    resources: operations.map((operation) => `${operation}Permission`),
    ...notEvaluated('cfn-guard does not evaluate !Ref AWS::AccountId in SourceAccount and !Sub in SourceArn'),
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-APIG4[not evaluated]',
    resources: methods,
    ...notEvaluated('cdk-nag does not evaluate !Ref AuthorizationType, which is AWS_IAM by default'),
  },
  {
    tool: 'control-tower',
    rule: 'CT.CLOUDWATCH.PR.3',
    resources: logGroups,
    reason:
      'CloudWatch Logs encrypts every log group with its own key. A customer key costs money every month and outlives the stack by at least a week, so it is a parameter: KmsKeyArn.',
    reconsider: 'A customer key without monthly cost.',
    variants: ['defaults'],
  },
  {
    tool: 'control-tower',
    rule: 'CT.APIGATEWAY.PR.6',
    resources: ['Domain'],
    reason:
      'The rule accepts the policy TLS_1_2 only. The policy of this domain is newer and stricter: TLS 1.3, or TLS 1.2 with forward secrecy if MinimumTlsVersion is 1.2.',
    reconsider: 'A version of the rule that knows the policies whose names begin with SecurityPolicy_.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_173',
    resources: functions,
    reason:
      'The environment variables hold the names of the table and of origins, no secret. Lambda encrypts them with its own key; with a customer key each start of a function would wait for KMS and fail without it.',
    reconsider: 'A variable whose value is a secret.',
  },
  { tool: 'checkov', rule: 'CKV_AWS_116', resources: functions, ...deadLetters },
  { tool: 'cdk-nag', rule: 'Serverless-LambdaDLQ', resources: functions, ...deadLetters },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_120',
    resources: ['Stage'],
    reason:
      'A cache would return old items: a client could not read what it has just written, and If-Match would fail with the ETag that the client was shown. It also costs by the hour.',
    reconsider: 'A route whose responses may be old.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-APIG4',
    resources: ['ItemsOptionsMethod', 'ItemOptionsMethod'],
    reason:
      'Browsers send preflight requests without credentials (Fetch standard), so a preflight that required them would fail every other request. API Gateway responds by itself, with headers and no data.',
    reconsider: 'An OPTIONS method that invokes a function.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-COG4',
    resources: methods,
    reason:
      'Callers sign with IAM credentials by default, which no Cognito authorizer verifies. A deployment whose callers are people sets AuthorizationType to COGNITO_USER_POOLS.',
    reconsider: 'COGNITO_USER_POOLS as the default.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
    resources: operations.map((operation) => `${operation}Role`),
    reason:
      'Lambda needs this policy to attach a function to a VPC, and AWS keeps it up to date. Its actions on network interfaces take no resources; FunctionPolicy denies them to the function’s own code, and each role denies all log groups but its own.',
    reconsider: 'Resource-level permissions for the network interfaces of Lambda.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    resources: ['ApiGatewayAccountRole'],
    reason:
      'One role writes the logs of all APIs of the account and region, so it cannot be limited to the log groups of this stack. API Gateway documents this policy for it.',
    reconsider: 'A logging role for each API instead of one for the account.',
  },
  {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5[Resource::*]',
    resources: ['FunctionPolicy'],
    reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords take no resources (Service Authorization Reference).',
    reconsider: 'Resource types for these actions.',
  },
  {
    tool: 'cdk-nag',
    rule: 'Serverless-SNSRedrivePolicy',
    resources: ['AlarmSubscription'],
    reason:
      'The subscription is an e-mail address of people. Nobody would read a queue of e-mails that were not delivered; CloudWatch keeps the state and the history of each alarm.',
    reconsider: 'A subscription of a program.',
  },
  { tool: 'cdk-nag', rule: 'AwsSolutions-L1', resources: functions, ...pythonVersion },
  { tool: 'cdk-nag', rule: 'Serverless-LambdaLatestVersion', resources: functions, ...pythonVersion },
  {
    tool: 'cfn-lint',
    rule: 'I1022',
    resources: ['ItemsOptionsMethod', 'ItemOptionsMethod'],
    variants: ['defaults'],
    reason:
      'Fn::Join lets each statement of the mapping template stand on a line of its own. As Fn::Sub they would be one line of 600 characters, because a line break would become the body of a 204.',
    reconsider: 'A mapping template of one statement.',
  },
];
