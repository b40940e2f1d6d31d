import type { PolicyDocument } from './policy-document.ts';

/**
 * Returns the document of an AWS-managed policy by its ARN, in any partition; undefined if the twin does not have it. Documents
 * contain only the actions of services for which the twin evaluates policies: dynamodb, ec2, execute-api, lambda, logs and xray.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicy = (arn: string): PolicyDocument | undefined => documents.get(nameOf(arn) ?? '');

/**
 * Returns a name such as `service-role/AWSLambdaBasicExecutionRole`; undefined if the ARN is not that of an AWS-managed policy.
 */
export const nameOf = (arn: string): string | undefined => /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];

/** Returns the names of the AWS-managed policies in the twin. */
export const knownNames = (): string[] => [...documents.keys()];

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const readTables = ['BatchGetItem', 'Describe*', 'GetItem', 'GetResourcePolicy', 'List*', 'PartiQLSelect', 'Query', 'Scan'];
const readStreams = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
const useInterfaces = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'DeleteNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
];
const writeTraces = [
  'PutTraceSegments',
  'PutTelemetryRecords',
  'GetSamplingRules',
  'GetSamplingTargets',
  'GetSamplingStatisticSummaries',
];

const of = (service: string, actions: readonly string[]): string[] => actions.map((action) => `${service}:${action}`);

/** Name and allowed actions. Each policy applies to every resource. */
const allowed: readonly (readonly [name: string, ...actions: string[]])[] = [
  ['AdministratorAccess', '*'],
  ['AmazonAPIGatewayInvokeFullAccess', 'execute-api:Invoke', 'execute-api:ManageConnections'],
  ['AmazonDynamoDBFullAccess', 'dynamodb:*'],
  ['AmazonDynamoDBFullAccess_v2', 'dynamodb:*'],
  ['AmazonDynamoDBReadOnlyAccess', ...of('dynamodb', readTables)],
  ['AmazonEC2FullAccess', 'ec2:*'],
  ['AmazonVPCFullAccess', ...of('ec2', useInterfaces)],
  ['AWSLambda_FullAccess', 'lambda:*', 'ec2:DescribeSubnets', 'logs:DescribeLogGroups'],
  ['AWSLambdaExecute', 'logs:*'],
  ['AWSXrayFullAccess', 'xray:*'],
  ['AWSXRayDaemonWriteAccess', ...of('xray', writeTraces)],
  ['AWSXrayWriteOnlyAccess', ...of('xray', writeTraces)],
  ['CloudWatchFullAccess', 'logs:*'],
  ['CloudWatchFullAccessV2', 'logs:*', 'xray:*'],
  ['CloudWatchLogsFullAccess', 'logs:*'],
  ['ReadOnlyAccess', ...of('dynamodb', readTables), 'ec2:Describe*'],
  [
    'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    ...writeLogs,
    ...of('logs', ['DescribeLogGroups', 'DescribeLogStreams', 'GetLogEvents', 'FilterLogEvents']),
  ],
  ['service-role/AWSLambdaBasicExecutionRole', ...writeLogs],
  ['service-role/AWSLambdaDynamoDBExecutionRole', ...writeLogs, ...of('dynamodb', readStreams)],
  ['service-role/AWSLambdaKinesisExecutionRole', ...writeLogs],
  ['service-role/AWSLambdaRole', 'lambda:InvokeFunction'],
  ['service-role/AWSLambdaSQSQueueExecutionRole', ...writeLogs],
  ['service-role/AWSLambdaVPCAccessExecutionRole', ...writeLogs, ...of('ec2', useInterfaces)],
];

const documents: ReadonlyMap<string, PolicyDocument> = new Map([
  ...allowed.map(([name, ...actions]): [string, PolicyDocument] => [
    name,
    { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } },
  ]),
  [
    'PowerUserAccess',
    { Statement: { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' } },
  ],
]);
