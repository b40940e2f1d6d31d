import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';
import type { Schema } from '../../../../cloudformation/schema.ts';
import { metricMathFaults } from './metric-math.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const metricUnit: Schema = {
  enum: [
    ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'Count/Second', 'None'],
    ...['Bytes', 'Bits'].flatMap((one) =>
      ['', 'Kilo', 'Mega', 'Giga', 'Tera'].flatMap((prefix) => {
        const text = prefix === '' ? one : prefix + one.toLowerCase();
        return [text, `${text}/Second`];
      }),
    ),
  ],
};

/** The metric that an alarm watches: one metric, or the result of an expression over several. */
export interface AlarmedMetric {
  readonly Dimensions?: readonly Dimension[];
  readonly EvaluationPeriods: number;
  readonly ExtendedStatistic?: string;
  readonly MetricName?: string;
  readonly Metrics?: readonly MetricDataQuery[];
  readonly Namespace?: string;
  readonly Period?: number;
  readonly Statistic?: string;
  readonly Unit?: string;
}

/** A metric or an expression of metric math. */
export interface MetricDataQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly Dimensions?: readonly Dimension[] }; readonly Period: number };
  readonly Period?: number;
  readonly ReturnData?: boolean;
}

interface Dimension {
  readonly Name: string;
}

/**
 * Returns the faults that PutMetricAlarm finds in the metric of an alarm.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const metricFaults = (alarm: AlarmedMetric): LocalError[] =>
  alarm.Metrics ? mathFaults(alarm, alarm.Metrics) : singleMetricFaults(alarm);

const singleMetricFaults = (alarm: AlarmedMetric): LocalError[] => {
  const { Dimensions, Namespace, Period, Statistic, ExtendedStatistic, MetricName } = alarm;
  const faults: LocalError[] = [];
  if (Namespace === undefined)
    faults.push(invalidProperty('Namespace', `is missing, which the metric ${MetricName} needs; add it`));
  if (Period === undefined)
    faults.push(invalidProperty('Period', `is missing, which the metric ${MetricName} needs; add it`));
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    const problem =
      Statistic === undefined ? 'is missing, and so is ExtendedStatistic' : 'cannot be combined with ExtendedStatistic';
    faults.push(invalidProperty('Statistic', `${problem}; give one of the two`));
  }
  return [...faults, ...dimensionFaults(Dimensions, 'Dimensions'), ...periodFaults(Period, 'Period', alarm)];
};

const mathFaults = (alarm: AlarmedMetric, queries: readonly MetricDataQuery[]): LocalError[] => {
  const ofOneMetric = ['Namespace', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'] as const;
  const faults = ofOneMetric
    .filter((property) => alarm[property] !== undefined)
    .map((property) => invalidProperty(property, 'cannot be combined with Metrics; move it there'));
  const ids = queries.map(({ Id }) => Id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) faults.push(invalidProperty('Metrics', `has two entries with the Id ${twice}; rename one`));
  const returned = queries.filter(({ ReturnData: returns = true }) => returns).map(({ Id }) => Id);
  if (returned.length !== 1) {
    const problem = `must have one entry with ReturnData true, which it is by default, and has ${returned.join(', ') || 'none'}`;
    faults.push(invalidProperty('Metrics', `${problem}; make it false of all but the one that the alarm watches`));
  }
  return [
    ...faults,
    ...queries.flatMap((query, index) => queryFaults(query, `Metrics.${index}`, alarm)),
    ...metricMathFaults(queries),
  ];
};

const queryFaults = (query: MetricDataQuery, path: string, alarm: AlarmedMetric): LocalError[] => {
  const { Expression, MetricStat, Period } = query;
  const faults: LocalError[] = [];
  if ((Expression === undefined) === (MetricStat === undefined))
    faults.push(invalidProperty(path, 'must have either an Expression or a MetricStat; give one of the two'));
  return [
    ...faults,
    ...dimensionFaults(MetricStat?.Metric.Dimensions, `${path}.MetricStat.Metric.Dimensions`),
    ...periodFaults(MetricStat?.Period, `${path}.MetricStat.Period`, alarm),
    ...periodFaults(Period, `${path}.Period`, alarm),
  ];
};

const dimensionFaults = (dimensions: readonly Dimension[] = [], path: string): LocalError[] => {
  const names = dimensions.map(({ Name }) => Name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? [] : [invalidProperty(path, `has the dimension ${twice} twice; remove one`)];
};

const [hour, day, week] = [3600, 86_400, 604_800];

/**
 * "Valid values are 10, 20, 30, and any multiple of 60". All periods together are at most a day, or a week for periods of an hour
 * or more.
 */
const periodFaults = (period: number | undefined, path: string, { EvaluationPeriods }: AlarmedMetric): LocalError[] => {
  if (period === undefined) return [];
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    return [invalidProperty(path, `must be 10, 20, 30 or a multiple of 60 seconds, not ${period}`)];
  const longest = period < hour ? day : week;
  if (period * EvaluationPeriods <= longest) return [];
  const problem = `is ${period}, and ${EvaluationPeriods} of them are ${period * EvaluationPeriods} seconds; CloudWatch allows ${longest}`;
  return [invalidProperty(path, `${problem}: shorten it, or take fewer EvaluationPeriods`)];
};
