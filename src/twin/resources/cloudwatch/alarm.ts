import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import type { Schema } from '../../../cloudformation/schema.ts';
import { boolean, list, object, string, words } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';
import { type AlarmActions, actionFaults } from './parts/alarm-action.ts';
import { type AlarmedMetric, type MetricDataQuery, metricFaults, metricUnit } from './parts/metric.ts';

type Properties = AlarmedMetric &
  AlarmActions & {
    readonly AlarmName?: string;
    readonly DatapointsToAlarm?: number;
    readonly EvaluationPeriods: number;
    readonly Metrics?: readonly MetricDataQuery[];
  };

const name: Schema = { type: 'string', minLength: 1, maxLength: 255 };
const actions = list({ type: 'string', minLength: 1, maxLength: 1024 }, { maxItems: 5 });
const dimensions = list(
  object({ Name: name, Value: { type: 'string', minLength: 1, maxLength: 1024 } }, ['Name', 'Value']),
  {
    maxItems: 30,
  },
);
const namespace: Schema = { type: 'string', maxLength: 255, pattern: '^[^:]' };
const period: Schema = { type: 'integer', minimum: 10 };
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const extendedStatistic =
  '^((p|tm|tc|ts|wm)(100(\\.0{1,10})?|\\d{1,2}(\\.\\d{1,10})?)|IQM|(PR|TM|TC|TS|WM)\\((\\d+(\\.\\d+)?%?)?:(\\d+(\\.\\d+)?%?)?\\))$';
const statistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

/**
 * An alarm on a metric or on metric math with a static threshold. It is validated as PutMetricAlarm does, and never evaluated.
 */
export const cloudWatchAlarm: ResourceType<Properties> = {
  type: 'AWS::CloudWatch::Alarm',
  schema: {
    ...object(
      {
        ActionsEnabled: boolean,
        AlarmActions: actions,
        AlarmDescription: { type: 'string', maxLength: 1024 },
        AlarmName: name,
        ComparisonOperator: words(
          ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
          // Operators of anomaly detection.
          ['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'],
        ),
        DatapointsToAlarm: { type: 'integer', minimum: 1 },
        Dimensions: dimensions,
        EvaluateLowSampleCountPercentile: { enum: ['evaluate', 'ignore'] },
        EvaluationPeriods: { type: 'integer', minimum: 1 },
        ExtendedStatistic: { type: 'string', pattern: extendedStatistic },
        InsufficientDataActions: actions,
        MetricName: name,
        Metrics: list(
          object(
            {
              AccountId: { type: 'string', minLength: 1, maxLength: 255 },
              Expression: { type: 'string', minLength: 1, maxLength: 2048 },
              Id: { type: 'string', pattern: '^[a-z]\\w*$', maxLength: 255 },
              Label: string,
              MetricStat: object(
                {
                  Metric: object({ Dimensions: dimensions, MetricName: name, Namespace: namespace }),
                  Period: period,
                  Stat: { type: 'string', pattern: `^(${statistics.join('|')})$|${extendedStatistic}` },
                  Unit: metricUnit,
                },
                ['Metric', 'Period', 'Stat'],
              ),
              Period: period,
              ReturnData: boolean,
            },
            ['Id'],
          ),
          { minItems: 1 },
        ),
        Namespace: namespace,
        OKActions: actions,
        Period: period,
        Statistic: { enum: statistics },
        Tags: tagsSchema,
        Threshold: { type: 'number' },
        TreatMissingData: { enum: ['breaching', 'notBreaching', 'ignore', 'missing'] },
        Unit: metricUnit,
      },
      ['ComparisonOperator', 'EvaluationPeriods', 'Threshold'],
    ),
    oneOf: [{ required: ['MetricName'] }, { required: ['Metrics'] }],
  },
  check: (properties) => [...datapointFaults(properties), ...metricFaults(properties), ...actionFaults(properties)],
  start: (properties, context) => {
    const { partition, region, accountId } = context.stack;
    const { alarms } = context.services.cloudwatch;
    const alarmName = properties.AlarmName ?? generatedName(context, 255);
    if (alarms.has(alarmName))
      throw invalidProperty('AlarmName', `is ${alarmName}, the name of another alarm; choose another name`);
    alarms.add(alarmName);
    return {
      ref: alarmName,
      attributes: { Arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarmName}` },
      stop: () => void alarms.delete(alarmName),
    };
  },
};

const datapointFaults = ({ DatapointsToAlarm: datapoints = 1, EvaluationPeriods: periods }: Properties): LocalError[] =>
  datapoints > periods
    ? [
        invalidProperty(
          'DatapointsToAlarm',
          `is ${datapoints}, which exceeds EvaluationPeriods (${periods}); use at most ${periods}`,
        ),
      ]
    : [];
