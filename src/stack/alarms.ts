import { type Entity, entities, entityPrefix } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';
import { alarm, expression, metric, sumAlarm } from './alarm.ts';
import { conditional, type Properties, type Resource, type Resources, ref, sub } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { callsOfTable, functionId } from './operation.ts';
import { kmsKey } from './policies.ts';
import { tableId } from './table.ts';
import { tags } from './tags.ts';

/** Returns an alarm for each symptom, and the topic that all alarms notify. */
export const alarms = (): Group => ({
  heading: 'Alarms: one for each symptom. The dashboard shows which operation has it',
  text: `An alarm fires when 3 of the last 60 minutes are bad: it works with little traffic, and a single failure does not fire it.
ClientErrorsAlarm evaluates one hour as a whole. Lambda and DynamoDB publish no data for minutes without calls; FILL counts these
minutes as 0.`,
  resources: {
    AlarmTopic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: kmsKey, Tags: tags } },
    ...conditional('HasAlarmEmail', {
      AlarmSubscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: ref('AlarmTopic'), Protocol: 'email', Endpoint: ref('AlarmEmail') },
      },
    }),
    ServerErrorsAlarm: alarm({
      description: `More than 1 % of the requests of a minute failed with a 5XX. First: run the query "failures" in Logs Insights, which shows
the errors of the functions with their causes.`,
      threshold: 0.01,
      ...ofApi('5XXError', 'Average'),
    }),
    ClientErrorsAlarm: alarm({
      description: `More than half of the requests of an hour, of at least 20, were rejected with a 4XX. First: look at path, status and error
in the access log. After a release it is often a client that was not updated; otherwise somebody may be probing the API.`,
      threshold: 50,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      Metrics: [
        expression('rate', 'IF(requests >= 20, 100 * rejected / requests, 0)', '4XX in percent'),
        metric('requests', 3600, apiMetric('Count'), 'Sum'),
        metric('rejected', 3600, apiMetric('4XXError'), 'Sum'),
      ],
    }),
    LatencyAlarm: alarm({
      description: `One of a hundred requests of a minute took more than 2 seconds. First: run the query "slowest" in Logs Insights. If
integrationLatency is high, compare the durations of the functions with the latency of the table on the dashboard.`,
      threshold: 2000,
      ...apiMetric('Latency'),
      Period: 60,
      ExtendedStatistic: 'p99',
    }),
    ...Object.assign({}, ...entities.map(entityAlarms)),
    ...gatewayThrottles(),
  },
});

/** Returns the alarms on the functions and the table of an entity. */
export const entityAlarms = (entity: Entity): Resources => {
  const prefix = entityPrefix(entity);
  return {
    [`${prefix}FunctionErrorsAlarm`]: sumAlarm('AWS/Lambda', 'Errors', functionsOf(entity), {
      description: `A function failed or timed out before it could respond. First: run the query "failures" in Logs Insights. If it began with
a deployment, deploy the version before.`,
    }),
    [`${prefix}FunctionThrottlesAlarm`]: sumAlarm('AWS/Lambda', 'Throttles', functionsOf(entity), {
      description: `Lambda throttled a function. First: compare the executions at once on the dashboard with ReservedConcurrency and with the
account's concurrency quota, and raise the one that is reached.`,
    }),
    [`${prefix}TableThrottlesAlarm`]: sumAlarm('AWS/DynamoDB', 'ThrottledRequests', tableOf(entity), {
      description: `DynamoDB throttled calls; the functions retry them. First: look for one item that is written very often (more than 1,000
times a second), then for the table's and the account's throughput quotas.`,
    }),
    [`${prefix}TableErrorsAlarm`]: sumAlarm('AWS/DynamoDB', 'SystemErrors', tableOf(entity), {
      description: `DynamoDB failed calls with a 5XX; the functions retry what may be repeated. First: look at the AWS Health Dashboard of the
region. If it lasts, open a case with AWS Support.`,
    }),
  };
};

/** API Gateway has no metric for 429, so a metric filter counts them in the access log. */
const gatewayThrottles = (): Record<string, Resource> => {
  const MetricName = sub('${AWS::StackName}-GatewayThrottles');
  return {
    GatewayThrottlesMetric: commented('API Gateway has no metric for its own 429s: this counts them in the access log.', {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: ref('AccessLogGroup'),
        FilterPattern: '{ ($.responseType = "THROTTLED") || ($.responseType = "QUOTA_EXCEEDED") }',
        MetricTransformations: [{ MetricNamespace: 'ItemsApi', MetricName, MetricValue: '1', Unit: 'Count' }],
      },
    }),
    GatewayThrottlesAlarm: alarm({
      description: `API Gateway rejected requests with 429. First: look in the access log at who sends them (ip, user, apiKeyId). Raise
ThrottlingRateLimit and ThrottlingBurstLimit if the traffic is wanted, or the quota of the API key's usage plan.`,
      threshold: 0,
      Namespace: 'ItemsApi',
      MetricName,
      Period: 60,
      Statistic: 'Sum',
    }),
  };
};

const apiMetric = (MetricName: string): Properties => ({
  Namespace: 'AWS/ApiGateway',
  MetricName,
  Dimensions: [
    { Name: 'ApiName', Value: sub('items-${EnvironmentSuffix}') },
    { Name: 'Stage', Value: ref('Stage') },
  ],
});

const ofApi = (metricName: string, Statistic: string): Properties => ({ ...apiMetric(metricName), Period: 60, Statistic });

const functionsOf = (entity: Entity) =>
  operations
    .filter((operation) => operation.entity === entity)
    .map((operation) => [metricId(operation.name), [{ Name: 'FunctionName', Value: ref(functionId(operation)) }]] as const);

const tableOf = (entity: Entity) =>
  callsOfTable(entity).map(
    (call) =>
      [
        metricId(call),
        [
          { Name: 'TableName', Value: ref(tableId(entity)) },
          { Name: 'Operation', Value: call },
        ],
      ] as const,
  );

/** Metric ids begin with a lower-case letter. */
const metricId = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
