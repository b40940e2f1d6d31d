import { type Properties, type Resource, ref } from './cloudformation.ts';
import { SynthError } from './code/synth-error.ts';
import { tags } from './tags.ts';

/** Properties of an alarm that differ from those of other alarms. */
export interface AlarmProperties extends Properties {
  readonly description: string;
  readonly threshold: number;
}

/**
 * Returns an alarm that fires if its metric exceeds the threshold in 3 of the last 60 minutes. Line breaks in the description
 * become spaces.
 */
export const alarm = ({ description, threshold, ...properties }: AlarmProperties): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: description.replaceAll('\n', ' '),
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: threshold,
    EvaluationPeriods: 60,
    DatapointsToAlarm: 3,
    TreatMissingData: 'notBreaching',
    ...properties,
    AlarmActions: [ref('AlarmTopic')],
    OKActions: [ref('AlarmTopic')],
    Tags: tags,
  },
});

/** CloudWatch limit: an alarm on an expression can have at most ten metrics (PutMetricAlarm, Metrics). */
const maximumMetrics = 10;

/**
 * Returns an alarm that fires if the sum of a metric over the given dimensions exceeds 0. Throws a SynthError if there are more
 * than ten.
 */
export const sumAlarm = (
  namespace: string,
  metricName: string,
  dimensions: readonly (readonly [id: string, dimensions: readonly Properties[]])[],
  { description }: { readonly description: string },
): Resource => {
  if (dimensions.length > maximumMetrics) {
    throw new SynthError(
      `the alarm on ${metricName} needs ${dimensions.length} metrics, and CloudWatch takes ${maximumMetrics} in one alarm: src/stack/alarms.ts has one for each entity; give the operations of each path one of their own`,
    );
  }
  return alarm({
    description,
    threshold: 0,
    Metrics: [
      expression('total', 'SUM(FILL(METRICS(), 0))', metricName),
      ...dimensions.map(([id, Dimensions]) =>
        metric(id, 60, { Namespace: namespace, MetricName: metricName, Dimensions }, 'Sum'),
      ),
    ],
  });
};

/** The metric math that an alarm watches. */
export const expression = (Id: string, Expression: string, Label: string): Properties => ({
  Id,
  Expression,
  Label,
  ReturnData: true,
});

/** A metric that an expression refers to by its id. */
export const metric = (Id: string, Period: number, Metric: Properties, Stat: string): Properties => ({
  Id,
  MetricStat: { Metric, Period, Stat },
  ReturnData: false,
});
