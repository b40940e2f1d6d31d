import { Fn, type Stack } from 'aws-cdk-lib';
import type { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { type Operation, operations } from '../contract/operations.ts';
import { addAlarmTopic } from './alarm-topic.ts';
import type { Conditions } from './conditions.ts';
import type { Parameters } from './parameters.ts';
import { tableCalls } from './table-calls.ts';

/** Metrics of each function that are zero when all is well. */
export const functionMetrics = ['Errors', 'Throttles'] as const;

/** Metrics of each operation on the table that are zero when all is well. */
export const tableMetrics = ['ThrottledRequests', 'SystemErrors'] as const;

interface AlarmSources {
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly table: CfnTable;
  readonly stage: CfnStage;
}

/** Adds the alarms on what users feel and the topic that they notify. Returns the ARN of the topic. */
export const addAlarms = (stack: Stack, { parameters, conditions, table, stage }: AlarmSources): string => {
  const topicArn = addAlarmTopic(stack, parameters, conditions);
  const add = (name: string, properties: Partial<CfnAlarmProps>): CfnAlarm =>
    new CfnAlarm(stack, `${name}Alarm`, {
      alarmActions: [topicArn],
      okActions: [topicArn],
      comparisonOperator: 'GreaterThanThreshold',
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: 'notBreaching',
      ...properties,
    });
  const ofApi = {
    namespace: 'AWS/ApiGateway',
    dimensions: [
      { name: 'ApiName', value: Fn.sub('items-${EnvironmentSuffix}') },
      { name: 'Stage', value: stage.ref },
    ],
  };
  add('ServerErrors', {
    ...ofApi,
    alarmDescription: 'More than one request in a hundred fails with a 5XX',
    metricName: '5XXError',
    statistic: 'Average',
    threshold: 0.01,
  });
  add('Latency', {
    ...ofApi,
    alarmDescription: 'One request in a hundred takes more than two seconds',
    metricName: 'Latency',
    extendedStatistic: 'p99',
    threshold: 2000,
  });
  for (const operation of operations as readonly Operation[]) {
    const { name } = operation;
    const [call, ...others] = tableCalls(operation);
    if (call === undefined || others.length) {
      throw new Error(`${name} makes not one call of the table: give each call alarms of its own`);
    }
    for (const metricName of functionMetrics) {
      add(`${name}${metricName}`, {
        namespace: 'AWS/Lambda',
        metricName,
        dimensions: [{ name: 'FunctionName', value: Fn.ref(`${name}Function`) }],
        statistic: 'Sum',
        threshold: 0,
      });
    }
    for (const metricName of tableMetrics) {
      add(`${name}${metricName}`, {
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensions: [
          { name: 'TableName', value: table.ref },
          { name: 'Operation', value: call },
        ],
        statistic: 'Sum',
        threshold: 0,
      });
    }
  }
  return topicArn;
};
