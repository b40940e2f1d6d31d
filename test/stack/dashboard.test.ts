import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { accessLogFields } from '../../src/stack/stage.ts';
import { dashboardBodyFaults } from '../../src/twin/resources/cloudwatch/parts/dashboard-body.ts';
import { filled, ofType, properties, ref, resource } from './built.ts';

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

const { DashboardBody } = properties<{ DashboardBody: { 'Fn::Sub': string } }>('Dashboard');
const { widgets } = JSON.parse(DashboardBody['Fn::Sub']) as { widgets: readonly Widget[] };
const shown = widgets.flatMap((widget) => widget.properties.metrics.map(textOf));

/** Namespace, name and dimensions of a metric. */
function textOf(metric: readonly unknown[]): string {
  return metric.filter((part) => typeof part === 'string').join(' ');
}

/** What an alarm refers to, as the dashboard names it: it has names, where an alarm has references. */
const named = (value: unknown): string => {
  const [, name] = /"Ref":"(\w+)"/.exec(JSON.stringify(value)) ?? [];
  if (name?.endsWith('Function')) return named(properties(name).FunctionName);
  if (name === 'Stage') return '${StageName}';
  if (name?.endsWith('Table')) return named(properties(name).TableName);
  return typeof value === 'string' ? value : String((value as { 'Fn::Sub'?: string })['Fn::Sub']);
};

describe('the dashboard', () => {
  it('is valid JSON once references are filled in, and one that CloudWatch takes, as far as the twin knows', () => {
    expect(() => JSON.parse(filled(DashboardBody))).not.toThrow();
    expect(dashboardBodyFaults(filled(DashboardBody))).toEqual([]);
  });

  it('has its widgets side by side on a grid of 24', () => {
    const cells = new Set<string>();
    let count = 0;
    for (const { x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      count += width * height;
      for (let i = 0; i < width; i++) for (let j = 0; j < height; j++) cells.add(`${x + i} ${y + j}`);
    }
    expect(cells.size).toBe(count);
    expect(widgets.length).toBeGreaterThan(5);
  });

  it('shows every metric that an alarm watches, in its dimensions', () => {
    const metrics = ofType('AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) => {
      const own = Properties as unknown as AlarmMetric & { readonly Metrics?: { MetricStat?: { Metric: AlarmMetric } }[] };
      return own.Metrics ? own.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [own];
    });
    expect(metrics.length).toBeGreaterThan(4 * operations.length);
    for (const { Namespace, MetricName, Dimensions = [] } of metrics) {
      const dimensions = Dimensions.flatMap(({ Name, Value }) => [Name, named(Value)]);
      expect(shown).toContain([Namespace, named(MetricName), ...dimensions].join(' '));
    }
  });

  it('shows which operation it is: requests, duration, errors, throttles and concurrency of each function', () => {
    for (const { name } of operations) {
      for (const metric of ['Invocations', 'Duration', 'Errors', 'Throttles', 'ConcurrentExecutions']) {
        expect(shown).toContain(`AWS/Lambda ${metric} FunctionName \${AWS::StackName}-${name}`);
      }
    }
  });

  it('has a title for each widget, and a label that tells the metrics of a widget apart', () => {
    for (const { properties: own } of widgets) {
      expect(own.title).toMatch(/^[A-Z]/);
      expect(new Set(own.metrics.map((metric) => JSON.stringify(metric))).size).toBe(own.metrics.length);
    }
  });
});

describe('queries', () => {
  it('are over the functions’ logs, and over the access log by the fields that its lines have', () => {
    expect(ofType('AWS::Logs::QueryDefinition').map(([id]) => id)).toEqual(['FailuresQuery', 'SlowestQuery']);
    expect(properties('FailuresQuery').LogGroupNames).toEqual(operations.map(({ name }) => ref(`${name}LogGroup`)));
    expect(resource('SlowestQuery').Properties.LogGroupNames).toEqual([ref('AccessLogGroup')]);
    const { QueryString } = properties<{ QueryString: string }>('SlowestQuery');
    const fields = QueryString.split('\n')[0]?.replace('fields @timestamp, ', '').split(', ') ?? [];
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => !(field in accessLogFields))).toEqual([]);
  });

  it('have the names that the descriptions of alarms give', () => {
    const descriptions = JSON.stringify(ofType('AWS::CloudWatch::Alarm'));
    const names = [...descriptions.matchAll(/query \\"(\w+)\\"/g)].map(([, name]) => name);
    const queries = ofType('AWS::Logs::QueryDefinition').map(([, { Properties }]) =>
      named(Properties.Name).split('-').at(-1),
    );
    expect(new Set(names)).toEqual(new Set(queries));
  });
});

interface AlarmMetric {
  readonly Namespace: string;
  readonly MetricName: unknown;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}
