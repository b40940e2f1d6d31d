import { describe, expect, it } from 'vitest';
import { type Entity, entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { sumAlarm } from '../../src/stack/alarm.ts';
import { SynthError } from '../../src/stack/code/synth-error.ts';
import { idsOf, ofType, properties, ref, resource } from './built.ts';

interface Metric {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData: boolean;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions: readonly object[] };
    readonly Period: number;
    readonly Stat: string;
  };
}

interface Alarm {
  readonly AlarmDescription: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Period?: number;
  readonly Metrics?: readonly Metric[];
}

const alarms = ofType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, Properties as unknown as Alarm] as const);
const metricsOf = (id: string): readonly Metric[] => properties<Alarm>(id).Metrics ?? [];

describe('alarms', () => {
  it('are one for each symptom of the API, and of the functions and the table of each entity', () => {
    expect(alarms.map(([id]) => id)).toEqual([
      'ServerErrorsAlarm',
      'ClientErrorsAlarm',
      'LatencyAlarm',
      ...entities.flatMap((entity) =>
        ['FunctionErrorsAlarm', 'FunctionThrottlesAlarm', 'TableThrottlesAlarm', 'TableErrorsAlarm'].map(
          (kind) => `${idsOf(entity).prefix}${kind}`,
        ),
      ),
      'GatewayThrottlesAlarm',
    ]);
  });

  it.each(alarms)('%s says what happened and what to do first, and notifies the topic', (id, alarm) => {
    expect(alarm.AlarmDescription).toMatch(/^[A-Z].*\. First: .*\.$/);
    expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1024);
    expect(properties(id)).toMatchObject({
      AlarmActions: [ref('AlarmTopic')],
      OKActions: [ref('AlarmTopic')],
      TreatMissingData: 'notBreaching',
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  it.each(alarms)(
    '%s is one that PutMetricAlarm takes',
    (_, { Metrics = [], EvaluationPeriods, DatapointsToAlarm, Period }) => {
      expect(Metrics.filter(({ MetricStat }) => MetricStat).length).toBeLessThanOrEqual(10);
      expect(Metrics.filter(({ ReturnData }) => ReturnData).length).toBe(Metrics.length > 0 ? 1 : 0);
      expect(new Set(Metrics.map(({ Id }) => Id)).size).toBe(Metrics.length);
      const ids = Metrics.filter(({ MetricStat }) => MetricStat).map(({ Id }) => Id);
      for (const { Id, Expression } of Metrics) {
        expect(Id).toMatch(/^[a-z]\w{0,254}$/);
        if (Expression === undefined) continue;
        // METRICS() stands for all of them; any other name must be that of a metric.
        const named = Expression.match(/\b[a-z]\w*\b/g) ?? [];
        expect(named.filter((name) => !ids.includes(name))).toEqual([]);
        expect(Expression.includes('METRICS()') ? ids : named.sort()).toEqual(expect.arrayContaining([...ids].sort()));
      }
      const periods = new Set([
        ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []),
        ...(Period ? [Period] : []),
      ]);
      expect(periods.size).toBe(1);
      for (const period of periods) expect(period * EvaluationPeriods).toBeLessThanOrEqual(86_400);
      expect(DatapointsToAlarm).toBeLessThanOrEqual(EvaluationPeriods);
    },
  );

  it('go off after three bad minutes of an hour, so that sparse traffic sets them off, too', () => {
    for (const [id, { EvaluationPeriods, DatapointsToAlarm }] of alarms) {
      if (id !== 'ClientErrorsAlarm') expect([EvaluationPeriods, DatapointsToAlarm], id).toEqual([60, 3]);
    }
  });

  const ofApi = {
    Namespace: 'AWS/ApiGateway',
    Dimensions: [
      { Name: 'ApiName', Value: properties('RestApi').Name },
      { Name: 'Stage', Value: ref('Stage') },
    ],
  };

  it('watch the share of 5XX and the latency of the API', () => {
    expect(properties('ServerErrorsAlarm')).toMatchObject({
      ...ofApi,
      MetricName: '5XXError',
      Statistic: 'Average',
      Period: 60,
      Threshold: 0.01,
    });
    expect(properties('LatencyAlarm')).toMatchObject({
      ...ofApi,
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
      Period: 60,
      Threshold: 2000,
    });
  });

  it('watch the share of 4XX of an hour, if there are enough requests', () => {
    const [rate, ...metrics] = metricsOf('ClientErrorsAlarm');
    expect(rate).toMatchObject({ Expression: 'IF(requests >= 20, 100 * rejected / requests, 0)', ReturnData: true });
    expect(metrics.map(({ Id, MetricStat }) => [Id, MetricStat])).toEqual([
      ['requests', { Metric: { ...ofApi, MetricName: 'Count' }, Period: 3600, Stat: 'Sum' }],
      ['rejected', { Metric: { ...ofApi, MetricName: '4XXError' }, Period: 3600, Stat: 'Sum' }],
    ]);
    expect(properties('ClientErrorsAlarm')).toMatchObject({ Threshold: 50, EvaluationPeriods: 1 });
  });

  const watched = (entity: Entity) => {
    const { prefix, table } = idsOf(entity);
    const own = operations.filter((operation) => operation.entity === entity);
    const actions = own.flatMap(({ actions, indexActions = [] }) => [...actions, ...indexActions]);
    const calls = [...new Set(actions.map((action) => action.replace('dynamodb:', '')))];
    const ofFunctions = own.map(({ name }) => [{ Name: 'FunctionName', Value: ref(`${name}Function`) }]);
    const ofTable = calls.map((call) => [
      { Name: 'TableName', Value: ref(table) },
      { Name: 'Operation', Value: call },
    ]);
    return [
      [`${prefix}FunctionErrorsAlarm`, 'AWS/Lambda', 'Errors', ofFunctions],
      [`${prefix}FunctionThrottlesAlarm`, 'AWS/Lambda', 'Throttles', ofFunctions],
      [`${prefix}TableThrottlesAlarm`, 'AWS/DynamoDB', 'ThrottledRequests', ofTable],
      [`${prefix}TableErrorsAlarm`, 'AWS/DynamoDB', 'SystemErrors', ofTable],
    ] as const;
  };
  it.each(entities.flatMap(watched))(
    '%s watches the sum over all operations on the entity, where a minute without data counts as 0',
    (id, Namespace, MetricName, dimensions) => {
      const [total, ...metrics] = metricsOf(id);
      expect(total).toMatchObject({ Expression: 'SUM(FILL(METRICS(), 0))', ReturnData: true });
      expect(properties(id)).toMatchObject({ Threshold: 0 });
      expect(metrics.map(({ MetricStat }) => MetricStat)).toEqual(
        dimensions.map((Dimensions) => ({ Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat: 'Sum' })),
      );
    },
  );

  it('count the 429s of the gateway in the access log, by the response types that it has for them', () => {
    const { FilterPattern, MetricTransformations, LogGroupName } = properties<{
      FilterPattern: string;
      LogGroupName: object;
      MetricTransformations: { MetricNamespace: string; MetricName: object; MetricValue: string }[];
    }>('GatewayThrottlesMetric');
    expect(LogGroupName).toEqual(ref('AccessLogGroup'));
    expect(FilterPattern).toBe('{ ($.responseType = "THROTTLED") || ($.responseType = "QUOTA_EXCEEDED") }');
    expect(properties<{ AccessLogSetting: { Format: string } }>('Stage').AccessLogSetting.Format).toContain(
      '"responseType": "$context.error.responseType"',
    );
    const [metric] = MetricTransformations;
    expect(metric?.MetricValue).toBe('1');
    expect(properties('GatewayThrottlesAlarm')).toMatchObject({
      Namespace: metric?.MetricNamespace,
      MetricName: metric?.MetricName,
      Statistic: 'Sum',
      Threshold: 0,
      Period: 60,
    });
  });

  it('are sent to the address, if there is one', () => {
    expect(resource('AlarmSubscription')).toMatchObject({
      Condition: 'HasAlarmEmail',
      Properties: { Protocol: 'email', Endpoint: ref('AlarmEmail'), TopicArn: ref('AlarmTopic') },
    });
  });
});

describe('sumAlarm', () => {
  const dimensions = (count: number) => Array.from({ length: count }, (_, index) => [`m${index}`, []] as const);
  const build = (count: number) => sumAlarm('AWS/Lambda', 'Errors', dimensions(count), { description: 'Bad. First: look.' });

  it('takes ten metrics, as many as CloudWatch does, and no more', () => {
    expect(build(10).Properties.Metrics).toHaveLength(11);
    expect(() => build(11)).toThrow(SynthError);
    expect(() => build(11)).toThrow(
      'the alarm on Errors needs 11 metrics, and CloudWatch takes 10 in one alarm: src/stack/alarms.ts has one for each entity; give the operations of each path one of their own',
    );
  });
});
