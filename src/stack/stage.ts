import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnAccount, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
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
  const settings = { parameters, conditions };
  const accessLogs = addLogGroup(stack, settings, 'Access');
  // API Gateway would make it with the first error, for ever, and leave it behind.
  const executionLogs = addLogGroup(
    stack,
    settings,
    'Execution',
    Fn.sub('API-Gateway-Execution-Logs_${RestApi}/${StageName}'),
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
        metricsEnabled: parameters.DetailedMetrics.value,
        throttlingRateLimit: parameters.ThrottlingRateLimit.valueAsNumber,
        throttlingBurstLimit: parameters.ThrottlingBurstLimit.valueAsNumber,
      },
    ],
  });
  stage.addResourceDependency(executionLogs);
  addSampling(stack, parameters);
  return stage;
};

/** API Gateway writes logs with a role that it has once for an account and region; a stage that logs needs it to be there. */
const addAccount = (stack: Stack, conditions: Conditions): void => {
  const role = comment(
    new CfnRole(stack, 'ApiGatewayAccountRole', {
      assumeRolePolicyDocument: trust('apigateway.amazonaws.com'),
      managedPolicyArns: [managedPolicy('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    }),
    'Stage',
  );
  const account = new CfnAccount(stack, 'ApiGatewayAccount', { cloudWatchRoleArn: role.attrArn });
  for (const resource of [role, account]) resource.cfnOptions.condition = conditions.ManagesAccount;
};

/** Decides how many requests to this stage are traced, in place of the account's default rule. */
const addSampling = (stack: Stack, { TraceSamplingRate }: Parameters): CfnSamplingRule =>
  new CfnSamplingRule(stack, 'TraceSampling', {
    samplingRule: {
      // At most 32 characters, fewer than a stack's name may have.
      ruleName: Fn.sub('items-${RestApi}'),
      priority: 1000,
      fixedRate: TraceSamplingRate.valueAsNumber,
      reservoirSize: 0,
      resourceArn: Fn.sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${StageName}'),
      ...{ host: '*', httpMethod: '*', urlPath: '*', serviceName: '*', serviceType: '*', version: 1 },
    },
  });

/** A line says who, what, how long and why. `requestId` is the `apiRequestId` of the function's line. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  user: '$context.identity.userArn',
  subject: '$context.authorizer.claims.sub',
  apiKeyId: '$context.identity.apiKeyId',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  responseType: '$context.error.responseType',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integration.latency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
  traceId: '$context.xrayTraceId',
});
