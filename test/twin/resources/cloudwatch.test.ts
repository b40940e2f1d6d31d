// One file: it is tables of properties, which share the making of a template.
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/cloudformation/json.ts';
import { resources, startTemplate } from './support.ts';

const onMetric = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
};
const onMath = { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Threshold: 0 };
const math = (...expressions: string[]): object => ({
  Metrics: [
    ...expressions.map((Expression, index) => ({ Id: `e${index}`, Expression, ReturnData: index === 0 })),
    { Id: 'm1', MetricStat: metric, ReturnData: false },
    { Id: 'm2', MetricStat: metric, ReturnData: false },
  ],
});
const manyMetrics = (count: number): object => ({
  Metrics: [
    { Id: 'all', Expression: 'SUM(METRICS())' },
    ...Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MetricStat: metric, ReturnData: false })),
  ],
});
const metric = { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period: 60, Stat: 'Sum' };
const actions = [
  'arn:aws:sns:us-east-1:123456789012:alarms',
  'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f',
  'arn:aws:lambda:us-east-1:123456789012:function:f:3',
  'arn:aws:lambda:us-east-1:123456789012:function:f:live',
  'arn:aws:automate:us-east-1:ec2:recover',
  'arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0',
  'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:0a-1b:autoScalingGroupName/g:policyName/p',
  'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:0a-1b:resource/dynamodb/table/t:policyName/p',
  'arn:aws:ssm:us-east-1:123456789012:opsitem:1#CATEGORY=Performance',
  'arn:aws:ssm-incidents::123456789012:responseplan/plan',
];
const notActions = [
  'topic',
  'arn:aws:sqs:us-east-1:123456789012:q',
  'arn:aws:sns:us-east-1:123456789012:alarms:0d5a0a4e',
  'arn:aws:lambda:us-east-1:123456789012:layer:l',
  'arn:aws:automate:us-east-1:ec2:hibernate',
  'arn:aws:ssm:us-east-1:123456789012:opsitem:5',
  'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0a-1b:autoScalingGroupName/g',
];
/** Properties with some others instead; undefined takes one away. */
const alarm = (base: object, changes: object = {}, type = 'Alarm'): string =>
  resources({ Thing: { Type: `AWS::CloudWatch::${type}`, Properties: { ...base, ...changes } as JsonObject } });
const dashboard = (body: Json): string => alarm({ DashboardBody: JSON.stringify(body) }, {}, 'Dashboard');
const widget = (changes: object, properties: Json = { markdown: '' }): string =>
  dashboard({ widgets: [{ type: 'text', properties, ...changes }] });
const of = (type: string, properties: Json): string => widget({ type }, properties);

describe('an alarm', () => {
  it('has the name and the ARN that AWS would give it', async () => {
    const { running, cloudwatch } = await startTemplate(alarm(onMetric));
    const [name] = cloudwatch.alarms;
    expect(name).toMatch(/^items-dev-Thing-[A-Z0-9]{12}$/);
    expect(running.names('Thing')).toEqual([name, `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`]);
    await running.stop();
    expect(cloudwatch.alarms.size).toBe(0);
  });

  it.each<[what: string, properties: string]>([
    ['a percentile', alarm(onMetric, { Statistic: undefined, ExtendedStatistic: 'p99.9' })],
    ['a trimmed mean', alarm(onMetric, { Statistic: undefined, ExtendedStatistic: 'TM(10%:90%)' })],
    ['a percentile rank', alarm(onMetric, { Statistic: undefined, ExtendedStatistic: 'PR(:300)' })],
    ['the interquartile mean', alarm(onMetric, { Statistic: undefined, ExtendedStatistic: 'IQM' })],
    ['an investigation', alarm(onMetric, { AlarmActions: ['arn:aws:aiops:us-east-1:123456789012:investigation-group/g'] })],
    ...actions.map((action): [string, string] => [action, alarm(onMetric, { OKActions: [action] })]),
    ['a period of ten seconds', alarm(onMetric, { Period: 10 })],
    ['periods of a day in all', alarm(onMetric, { Period: 300, EvaluationPeriods: 288 })],
    ['periods of a week in all', alarm(onMetric, { Period: 3600, EvaluationPeriods: 168 })],
    ['numbers and truths as text', alarm(onMetric, { Threshold: '0.5', Period: '60', ActionsEnabled: 'false' })],
    [
      'an expression',
      alarm(onMath, {
        Metrics: [
          { Id: 'e1', Expression: 'm1 * 2' },
          { Id: 'm1', MetricStat: metric, ReturnData: false },
        ],
      }),
    ],
    [
      'functions and keywords',
      alarm(onMath, math('IF(e1 > 1e3 AND m2 > 0, 100 * m1 / FILL(m2, REPEAT), 0)', 'SUM(METRICS("m"))')),
    ],
    ['a query in SQL', alarm(onMath, { Metrics: [{ Id: 'q', Expression: 'SELECT SUM(errors) FROM "AWS/Lambda"' }] })],
    ['ten metrics', alarm(onMath, manyMetrics(10))],
  ])('may have %s', async (_what, properties) => {
    await expect(startTemplate(properties)).resolves.toBeDefined();
  });

  it.each<[properties: string, message: string]>([
    [alarm(onMath), 'Thing (AWS::CloudWatch::Alarm): must have MetricName or Metrics'],
    [alarm(onMetric, { Metrics: [{ Id: 'm', MetricStat: metric }] }), 'must have only one of MetricName and Metrics'],
    [alarm(onMetric, { Namespace: undefined }), 'property Namespace is missing, which the metric Errors needs; add it'],
    [alarm(onMetric, { Namespace: ':x' }), 'property Namespace must match the pattern ^[^:]'],
    [alarm(onMetric, { Period: undefined }), 'property Period is missing, which the metric Errors needs; add it'],
    [
      alarm(onMetric, { Statistic: undefined }),
      'property Statistic is missing, and so is ExtendedStatistic; give one of the two',
    ],
    [
      alarm(onMetric, { ExtendedStatistic: 'p99' }),
      'property Statistic cannot be combined with ExtendedStatistic; give one of the two',
    ],
    [
      alarm(onMetric, { Statistic: 'Median' }),
      'property Statistic must be one of SampleCount, Average, Sum, Minimum, Maximum',
    ],
    [
      alarm(onMetric, { Statistic: undefined, ExtendedStatistic: 'p101' }),
      'property ExtendedStatistic must match the pattern',
    ],
    [
      alarm(onMetric, { Statistic: undefined, ExtendedStatistic: '99' }),
      'property ExtendedStatistic must match the pattern',
    ],
    [
      alarm(onMetric, { ComparisonOperator: 'Above' }),
      'property ComparisonOperator must be one of GreaterThanOrEqualToThreshold',
    ],
    [alarm(onMetric, { Unit: 'Pieces' }), 'property Unit must be one of Seconds'],
    [
      alarm(onMetric, { TreatMissingData: 'notbreaching' }),
      'property TreatMissingData must be one of breaching, notBreaching, ignore, missing',
    ],
    [
      alarm(onMetric, { EvaluateLowSampleCountPercentile: 'yes' }),
      'property EvaluateLowSampleCountPercentile must be one of evaluate, ignore',
    ],
    [alarm(onMetric, { Period: 5 }), 'property Period must be 10 or more'],
    [alarm(onMetric, { Period: 45 }), 'property Period must be 10, 20, 30 or a multiple of 60 seconds, not 45'],
    [alarm(onMetric, { EvaluationPeriods: 0 }), 'property EvaluationPeriods must be 1 or more'],
    [
      alarm(onMetric, { DatapointsToAlarm: 6 }),
      'property DatapointsToAlarm is 6, which exceeds EvaluationPeriods (5); use at most 5',
    ],
    [
      alarm(onMetric, { Period: 300, EvaluationPeriods: 289 }),
      'property Period is 300, and 289 of them are 86700 seconds; CloudWatch allows 86400: shorten it, or take fewer EvaluationPeriods',
    ],
    [alarm(onMetric, { Period: 3600, EvaluationPeriods: 169 }), 'are 608400 seconds; CloudWatch allows 604800'],
    [alarm(onMetric, { Threshold: undefined }), 'property Threshold is missing; add it'],
    ...notActions.map((action): [string, string] => [
      alarm(onMetric, { AlarmActions: ['arn:aws:sns:us-east-1:123456789012:t', action] }),
      `property AlarmActions.1 must be the ARN of what an alarm can call, which is a topic of SNS, a function`,
    ]),
    [
      alarm(onMetric, { OKActions: ['arn:aws:aiops:us-east-1:123456789012:investigation-group/g'] }),
      'property OKActions.0 is arn:aws:aiops:us-east-1:123456789012:investigation-group/g, which starts an investigation',
    ],
    [
      alarm(onMetric, { OKActions: Array(6).fill('arn:aws:sns:us-east-1:1:t') }),
      'property OKActions must have at most 5 entries',
    ],
    [
      alarm(onMetric, { Dimensions: ['a', 'b', 'a'].map((Name) => ({ Name, Value: 'x' })) }),
      'property Dimensions has the dimension a twice; remove one',
    ],
    [
      alarm(onMetric, { Dimensions: Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: 'x' })) }),
      'property Dimensions must have at most 30 entries',
    ],
    [
      alarm(onMetric, { ComparisonOperator: 'LessThanLowerThreshold' }),
      'ComparisonOperator is "LessThanLowerThreshold", which the local twin does not support',
    ],
    [alarm(onMath, { ThresholdMetricId: 'band' }), 'property ThresholdMetricId is not supported by the local twin'],
    [alarm(onMath, { Metrics: [{ Id: 'M', MetricStat: metric }] }), 'property Metrics.0.Id must match the pattern'],
    [alarm(onMath, { Metrics: [{ Id: 'm' }] }), 'property Metrics.0 must have either an Expression or a MetricStat'],
    [
      alarm(onMath, {
        Metrics: [
          { Id: 'a', Expression: 'b' },
          { Id: 'b', MetricStat: metric },
        ],
      }),
      'property Metrics must have one entry with ReturnData true, which it is by default, and has a, b; make it false',
    ],
    [
      alarm(onMath, {
        Metrics: [
          { Id: 'a', Expression: 'b' },
          { Id: 'a', MetricStat: metric, ReturnData: false },
        ],
      }),
      'property Metrics has two entries with the Id a; rename one',
    ],
    [alarm(onMath, manyMetrics(11)), 'property Metrics has 11 metrics; an alarm takes 10: split it into several alarms'],
    [
      alarm(onMath, math('m1 / m3')),
      'property Metrics.0.Expression refers to m3, which is the Id of no entry of Metrics; correct it',
    ],
    [alarm(onMath, math('e1 + m1', 'e2', 'm2 - e1')), 'property Metrics.1.Expression depends on its own result; correct it'],
    [
      alarm(onMath, math("SUM(SEARCH('MetricName=\"Errors\"', 'Sum'))")),
      'property Metrics.0.Expression contains SEARCH, which alarms do not support',
    ],
    [
      alarm(onMath, { Period: 60, Metrics: [{ Id: 'm', MetricStat: metric }] }),
      'property Period cannot be combined with Metrics',
    ],
    [
      alarm(onMath, { Metrics: [{ Id: 'm', MetricStat: { ...metric, Period: 90 } }] }),
      'property Metrics.0.MetricStat.Period must be 10, 20, 30 or a multiple of 60 seconds',
    ],
    [
      `${alarm(onMetric, { AlarmName: 'errors' })}${alarm(onMetric, { AlarmName: 'errors' }).replace('Thing', 'Other')}`,
      'property AlarmName is errors, the name of another alarm; choose another name',
    ],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(properties)).rejects.toThrow(message);
  });
});

describe('a dashboard', () => {
  it.each<[what: string, properties: string]>([
    ['no widgets', dashboard({ widgets: [] })],
    ['a text', widget({ x: 0, y: 0, width: 24, height: 1 })],
    ['metrics', of('metric', { region: 'us-east-1', metrics: [['AWS/Lambda', 'Errors', { stat: 'Sum' }]] })],
    [
      'dimensions, repetitions and expressions',
      of('metric', {
        region: 'us-east-1',
        metrics: [
          [{ expression: 'm1 * 2' }],
          ['AWS/Lambda', 'Errors', 'FunctionName', 'f', { id: 'm1' }],
          ['.', 'Duration', '.', '.'],
          ['...', { stat: 'p99' }],
          ['...', 'g'],
        ],
      }),
    ],
    ['no metrics but annotations', of('metric', { region: 'us-east-1', annotations: { alarms: ['arn:aws:a'] } })],
    ['logs', of('log', { region: 'us-east-1', query: "SOURCE '/items' | fields @message" })],
    ['alarms', of('alarm', { alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'] })],
  ])('may have %s', async (_what, properties) => {
    const { running, cloudwatch } = await startTemplate(properties);
    expect(running.names('Thing')).toEqual([...cloudwatch.dashboards]);
    await running.stop();
    expect(cloudwatch.dashboards.size).toBe(0);
  });

  it.each<[properties: string, message: string]>([
    [alarm({ DashboardBody: '{' }, {}, 'Dashboard'), 'property DashboardBody is invalid: it is not JSON ('],
    [dashboard([]), 'property DashboardBody is invalid: it must be a map'],
    [dashboard({}), 'property DashboardBody is invalid: widgets is missing; add it'],
    [dashboard({ widgets: [1] }), 'is invalid: widgets.0 must be a map'],
    [
      dashboard({ widgets: Array(501).fill({ type: 'text', properties: { markdown: '' } }) }),
      'widgets must have at most 500',
    ],
    [dashboard({ widgets: [], periodOverride: 'never' }), 'is invalid: periodOverride must be one of auto, inherit'],
    [widget({ type: 'graph' }), 'is invalid: widgets.0.type must be one of metric, text, log, alarm, explorer'],
    [widget({}, 'text'), 'is invalid: widgets.0.properties must be a map'],
    [widget({ x: 24 }), 'is invalid: widgets.0.x must be 23 or less'],
    [widget({ y: -1 }), 'is invalid: widgets.0.y must be 0 or more'],
    [widget({ width: 25 }), 'is invalid: widgets.0.width must be 24 or less'],
    [widget({ height: 0 }), 'is invalid: widgets.0.height must be 1 or more'],
    [of('text', {}), 'is invalid: widgets.0.properties.markdown is missing; add it'],
    [of('metric', { metrics: [] }), 'is invalid: widgets.0.properties.region is missing; add it'],
    [of('metric', { region: 'us-east-1' }), 'is invalid: widgets.0.properties must have metrics or annotations'],
    [
      of('metric', { region: 'us-east-1', metrics: ['Errors'] }),
      'is invalid: widgets.0.properties.metrics.0 must be a list',
    ],
    ...(
      [
        [[], 'must have at least 1 entries'],
        [['AWS/Lambda'], 'has the namespace AWS/Lambda and no name of a metric; add it'],
        [['AWS/Lambda', { stat: 'Sum' }], 'has the namespace AWS/Lambda and no name of a metric; add it'],
        [['AWS/Lambda', 'Errors', 'FunctionName'], 'has the dimension FunctionName without a value; add it'],
        [['AWS/Lambda', 'Errors', 1], 'must be texts'],
        [[{ stat: 'Sum' }], 'has neither a metric nor an expression; give one'],
      ] as const
    ).map(([entry, message]): [string, string] => [
      of('metric', { region: 'us-east-1', metrics: [['AWS/Lambda', 'Errors'], entry] }),
      `is invalid: widgets.0.properties.metrics.1 ${message}`,
    ]),
    [of('log', { region: 'us-east-1' }), 'is invalid: widgets.0.properties.query is missing; add it'],
    [of('alarm', { alarms: ['errors'] }), 'is invalid: widgets.0.properties.alarms.0 must match the pattern ^arn:'],
    [alarm({ DashboardName: 'a b', DashboardBody: '{"widgets":[]}' }, {}, 'Dashboard'), 'property DashboardName must match'],
    [
      `${alarm({ DashboardName: 'd', DashboardBody: '{"widgets":[]}' }, {}, 'Dashboard')}${alarm({ DashboardName: 'd', DashboardBody: '{"widgets":[]}' }, {}, 'Dashboard').replace('Thing', 'Other')}`,
      'property DashboardName is d, the name of another dashboard; choose another name',
    ],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(properties)).rejects.toThrow(message);
  });
});

describe('a query definition', () => {
  const query = (properties: JsonObject) =>
    resources({ Query: { Type: 'AWS::Logs::QueryDefinition', Properties: { Name: 'n', QueryString: 'q', ...properties } } });

  it('has an id, whether or not its log groups exist', async () => {
    const { running } = await startTemplate(query({ LogGroupNames: ['/nowhere'] }));
    const [id] = running.names('Query');
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it.each<[properties: JsonObject, message: string]>([
    [{ QueryString: 'q'.repeat(10_001) }, 'property QueryString must have at most 10000 characters'],
    [{ QueryString: '' }, 'property QueryString must have at least 1 characters'],
    [{ Name: 'n'.repeat(256) }, 'property Name must have at most 255 characters'],
    [{ LogGroupNames: ['a b'] }, 'property LogGroupNames.0 must match the pattern'],
    [{ QueryLanguage: 'KQL' }, 'property QueryLanguage must be one of CWLI, SQL, PPL'],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(query(properties))).rejects.toThrow(message);
  });
});
