import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnAccount, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { addLogGroup } from './logs.ts';
import type { Parameters } from './parameters.ts';
import { managedPolicy, trust } from './policies.ts';

/** Adds the stage with its logs, tracing and throttling. */
export const addStage = (
  stack: Stack,
  restApiId: string,
  deploymentId: string,
  parameters: Parameters,
  conditions: Conditions,
): CfnStage => {
  addAccount(stack, conditions);
  const accessLogs = addLogGroup(stack, parameters, 'AccessLogGroup', '/aws/apigateway/${AWS::StackName}/access');
  // API Gateway would make it with the first error, for ever, and leave it behind.
  const executionLogs = addLogGroup(
    stack,
    parameters,
    'ExecutionLogGroup',
    'API-Gateway-Execution-Logs_${RestApi}/${StageName}',
  );
  const origins = Fn.join(',', parameters.AllowedOrigins.valueAsList);
  const stage = new CfnStage(stack, 'Stage', {
    stageName: parameters.StageName.valueAsString,
    // DependsOn must not name a resource that a condition may leave out; a reference inside a condition may.
    description: Fn.conditionIf(
      conditions.ManagesAccount.logicalId,
      Fn.sub('Items API, logging with ${ApiGatewayAccount}'),
      'Items API',
    ).toString(),
    restApiId,
    deploymentId,
    // A stage variable must not hold an asterisk.
    variables: { allowedOrigins: Fn.conditionIf(conditions.AllowsAnyOrigin.logicalId, 'any', origins).toString() },
    tracingEnabled: true,
    accessLogSetting: { destinationArn: accessLogs.attrArn, format: accessLogFormat },
    methodSettings: [
      {
        httpMethod: '*',
        resourcePath: '/*',
        loggingLevel: 'ERROR',
        dataTraceEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: parameters.ThrottlingRateLimit.valueAsNumber,
        throttlingBurstLimit: parameters.ThrottlingBurstLimit.valueAsNumber,
      },
    ],
  });
  stage.addResourceDependency(executionLogs);
  return stage;
};

/** API Gateway writes logs with a role that it has once for an account and region; a stage that logs needs it to be there. */
const addAccount = (stack: Stack, conditions: Conditions): void => {
  const role = comment(
    new CfnRole(stack, 'ApiGatewayAccountRole', {
      description: 'API Gateway writes logs',
      assumeRolePolicyDocument: trust('apigateway.amazonaws.com'),
      managedPolicyArns: [managedPolicy('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    }),
    'Stage',
  );
  const account = new CfnAccount(stack, 'ApiGatewayAccount', { cloudWatchRoleArn: role.attrArn });
  for (const resource of [role, account]) resource.cfnOptions.condition = conditions.ManagesAccount;
};

const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  ip: '$context.identity.sourceIp',
  caller: '$context.identity.caller',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  responseType: '$context.error.responseType',
  latency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  error: '$context.error.message',
  userAgent: '$context.identity.userAgent',
});
