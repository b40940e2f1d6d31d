import { entities } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';
import { sub } from './cloudformation.ts';
import type { Group } from './group.ts';
import { callsOfTable } from './operation.ts';
import { tableName } from './table.ts';
import { tags } from './tags.ts';

/** Returns the dashboard: symptoms above, causes for each operation below. */
export const dashboard = (): Group => ({
  heading: 'Dashboard: what clients see above, what causes it below, for each operation',
  resources: {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: sub('${AWS::StackName}-api'), DashboardBody: sub(dashboardBody()), Tags: tags },
    },
  },
});

/** A metric in the form of dashboards: namespace, name, dimensions by name and value, and rendering options. */
type Metric = readonly [
  namespace: string,
  name: string,
  ...(string | { readonly stat?: string; readonly label?: string })[],
];

interface Widget {
  readonly title: string;
  readonly stat: string;
  readonly metrics: readonly Metric[];
  readonly stacked?: boolean;
}

const widgets = (): readonly Widget[] => [
  { title: 'Requests', stat: 'Sum', metrics: [ofApi('Count'), ofApi('4XXError'), ofApi('5XXError'), gatewayThrottles] },
  {
    title: 'Latency in ms, integration included',
    stat: 'p99',
    metrics: ['p50', 'p90', 'p99'].map((stat) => ofApi('Latency', { stat, label: stat })),
  },
  { title: 'Share of requests that fail', stat: 'Average', metrics: [ofApi('4XXError'), ofApi('5XXError')] },
  { title: 'Invocations', stat: 'Sum', metrics: ofFunctions('Invocations'), stacked: true },
  { title: 'Duration of functions in ms, p99', stat: 'p99', metrics: ofFunctions('Duration') },
  {
    title: 'Errors and throttles of functions',
    stat: 'Sum',
    metrics: [...ofFunctions('Errors', 'errors '), ...ofFunctions('Throttles', 'throttles ')],
  },
  {
    title: 'Executions at once',
    stat: 'Maximum',
    metrics: ofFunctions('ConcurrentExecutions'),
  },
  { title: 'Latency of the table in ms, p99', stat: 'p99', metrics: ofTable('SuccessfulRequestLatency') },
  {
    title: 'Throttles and errors of the table',
    stat: 'Sum',
    metrics: [...ofTable('ThrottledRequests', 'throttles '), ...ofTable('SystemErrors', 'errors ')],
  },
  {
    title: 'Consumed capacity units',
    stat: 'Sum',
    metrics: [...capacity('ConsumedReadCapacityUnits'), ...capacity('ConsumedWriteCapacityUnits')],
  },
];

const ofApi = (name: string, ...options: readonly { readonly stat?: string; readonly label?: string }[]): Metric => [
  'AWS/ApiGateway',
  name,
  'ApiName',
  'items-${EnvironmentSuffix}',
  'Stage',
  '${StageName}',
  ...options,
];

const gatewayThrottles: Metric = ['ItemsApi', '${AWS::StackName}-GatewayThrottles', { label: '429 of the gateway' }];

const ofFunctions = (name: string, prefix = ''): Metric[] =>
  operations.map((operation) => [
    'AWS/Lambda',
    name,
    'FunctionName',
    `\${AWS::StackName}-${operation.name}`,
    { label: prefix + operation.name },
  ]);

const ofTable = (name: string, prefix = ''): Metric[] =>
  entities.flatMap((entity) =>
    callsOfTable(entity).map(
      (call): Metric => [
        'AWS/DynamoDB',
        name,
        'TableName',
        tableName(entity),
        'Operation',
        call,
        { label: `${prefix}${entities.length > 1 ? `${entity.path} ` : ''}${call}` },
      ],
    ),
  );

const capacity = (name: string): Metric[] =>
  entities.map((entity) => ['AWS/DynamoDB', name, 'TableName', tableName(entity)]);

/** Three widgets in each row of the grid, which has 24 columns. */
const dashboardBody = (): string => {
  const placed = widgets().map(({ title, stat, stacked = false, metrics }, index) => ({
    type: 'metric',
    x: 8 * (index % 3),
    y: 6 * Math.floor(index / 3),
    width: 8,
    height: 6,
    properties: { title, view: 'timeSeries', stacked, stat, period: 60, region: '${AWS::Region}', metrics },
  }));
  return `${json({ widgets: placed }, 0)}\n`;
};

/** Maximum line length: 120, less the indentation of the body in the template, and a comma. */
const lineWidth = 108;

/**
 * Formats JSON. An object or list is on one line if it fits; otherwise scalars share lines, and each other member has its own
 * line.
 */
const json = (value: unknown, indent: number): string => {
  if (!isCollection(value)) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  const member = ([key, inner]: [string, unknown], width: number) =>
    (isList ? '' : `${JSON.stringify(key)}: `) + json(inner, width);
  const entries = Object.entries(value);
  const flat = entries.map((entry) => member(entry, Number.NEGATIVE_INFINITY)).join(', ');
  if (indent + flat.length + 4 <= lineWidth) return isList ? `[${flat}]` : `{ ${flat} }`;
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const text = member(entry, indent + 2);
    const last = lines.at(-1);
    const goesOn = !isCollection(entry[1]) && index > 0 && !isCollection(entries[index - 1]?.[1]);
    if (goesOn && last !== undefined && indent + last.length + text.length + 4 <= lineWidth) {
      lines[lines.length - 1] = `${last}, ${text}`;
    } else lines.push(text);
  }
  const space = ' '.repeat(indent);
  return `${begin}\n${lines.map((line) => `${space}  ${line}`).join(',\n')}\n${space}${end}`;
};

const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null;
