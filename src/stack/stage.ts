import { conditional, getAtt, join, ref, sub, when } from './cloudformation.ts';
import { commented } from './comment.ts';
import { chosenDeployment } from './deployments.ts';
import type { Group } from './group.ts';
import { logGroup } from './logs.ts';
import { managedPolicy, serviceRole } from './policies.ts';
import { tags } from './tags.ts';

/** Returns the stage with its logs, tracing and throttling, and the account's role for the logs. */
export const stage = (hash: string): Group => ({
  heading: 'Stage: throttling, access and execution logs, tracing',
  resources: {
    ...conditional('ManagesAccount', {
      ApiGatewayAccountRole: commented(
        `API Gateway writes logs with one role for the whole account and region. Deleting the stack deletes this role: then no API of the region logs until the account names another one. See ManageApiGatewayAccount.`,
        serviceRole('apigateway.amazonaws.com', undefined, {
          description: 'Writes the logs of all APIs of this account and region',
          managedPolicies: [managedPolicy('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
        }),
      ),
      ApiGatewayAccount: {
        Type: 'AWS::ApiGateway::Account',
        Properties: { CloudWatchRoleArn: getAtt('ApiGatewayAccountRole', 'Arn') },
      },
    }),
    AccessLogGroup: logGroup(sub('items-api/${AWS::StackName}/Access')),
    ExecutionLogGroup: commented(
      'API Gateway would create this group with the first error, and leave it behind.',
      logGroup(sub('API-Gateway-Execution-Logs_${RestApi}/${StageName}')),
    ),
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      DependsOn: ['ExecutionLogGroup'],
      Properties: {
        RestApiId: ref('RestApi'),
        StageName: ref('StageName'),
        DeploymentId: chosenDeployment(hash),
        Description: commented(
          'The reference to ApiGatewayAccount makes CloudFormation create the logging role before the stage. DependsOn cannot name a conditional resource.',
          {
            'Fn::If': ['ManagesAccount', sub('Items API, logging with ${ApiGatewayAccount}'), 'Items API'],
          },
        ),
        Variables: { allowedOrigins: when('AllowsAnyOrigin', 'any', join(',', ref('AllowedOrigins'))) },
        TracingEnabled: true,
        AccessLogSetting: commented(
          'API Gateway escapes these values for JSON. It prints - for a value that is missing, so each one is in quotes.',
          { DestinationArn: getAtt('AccessLogGroup', 'Arn'), Format: accessLogFormat },
        ),
        MethodSettings: [
          {
            ResourcePath: '/*',
            HttpMethod: '*',
            LoggingLevel: 'ERROR',
            DataTraceEnabled: false,
            MetricsEnabled: ref('DetailedMetrics'),
            ThrottlingRateLimit: ref('ThrottlingRateLimit'),
            ThrottlingBurstLimit: ref('ThrottlingBurstLimit'),
          },
        ],
        Tags: tags,
      },
    },
    TraceSampling: commented(
      "Traces TraceSamplingRate of the requests to this stage, in place of the account's default rule.",
      {
        Type: 'AWS::XRay::SamplingRule',
        Properties: {
          SamplingRule: {
            // The name has at most 32 characters; a stack's name may have more.
            RuleName: sub('items-${RestApi}'),
            ResourceARN: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${StageName}'),
            Priority: 1000,
            FixedRate: ref('TraceSamplingRate'),
            ReservoirSize: 0,
            Host: '*',
            HTTPMethod: '*',
            URLPath: '*',
            ServiceName: '*',
            ServiceType: '*',
            Version: 1,
          },
          Tags: tags,
        },
      },
    ),
  },
});

/**
 * Fields of a line of the access log, by variable of `$context`. `requestId` is the `apiRequestId` in the function's log line.
 * API Gateway escapes values for JSON, and writes `-` for a variable without a value. `error.messageString` is not used: it
 * contains its own quotes, but its `-` has none, so a line with it would not always be JSON.
 */
export const accessLogFields = {
  requestId: 'requestId',
  // A client can set requestId, but not this one.
  extendedRequestId: 'extendedRequestId',
  ip: 'identity.sourceIp',
  user: 'identity.userArn',
  subject: 'authorizer.claims.sub',
  apiKeyId: 'identity.apiKeyId',
  method: 'httpMethod',
  path: 'path',
  status: 'status',
  responseType: 'error.responseType',
  latency: 'responseLatency',
  integrationLatency: 'integration.latency',
  error: 'error.message',
  integrationError: 'integrationErrorMessage',
  traceId: 'xrayTraceId',
} as const;

/** One line of JSON for each request. API Gateway does not accept a line break in the format. */
const accessLogFormat = `{ ${Object.entries(accessLogFields)
  .map(([name, variable]) => `"${name}": "$context.${variable}"`)
  .join(', ')} }`;
