import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { operations } from '../../contract/operations.ts';
import { comment } from '../comment.ts';
import { stackName } from '../names.ts';
import { tableCalls } from '../table-calls.ts';

/** Adds the dashboard: what clients see above, what causes it below. */
export const addDashboard = (stack: Stack): CfnDashboard =>
  comment(
    new CfnDashboard(stack, 'Dashboard', {
      dashboardName: stackName('api'),
      dashboardBody: Fn.sub(JSON.stringify({ widgets: widgets.map(placed) })),
    }),
    'Dashboard: what clients see above, what causes it below',
  );

/** A metric as dashboards write it: namespace, name, dimensions by name and value, and how it is shown. */
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

const ofApi = (name: string, ...options: readonly { readonly stat?: string; readonly label?: string }[]): Metric => [
  'AWS/ApiGateway',
  name,
  'ApiName',
  'items-${EnvironmentSuffix}',
  'Stage',
  '${StageName}',
  ...options,
];

/** The metric of each function. */
const ofFunctions = (name: string, prefix = ''): Metric[] =>
  operations.map((operation) => [
    'AWS/Lambda',
    name,
    'FunctionName',
    `\${ApiStackName}-${operation.name}`,
    { label: prefix + operation.name },
  ]);

/** The metric of each operation on the table. */
const ofTable = (name: string, prefix = ''): Metric[] =>
  operations
    .flatMap(tableCalls)
    .map((call) => [
      'AWS/DynamoDB',
      name,
      'TableName',
      'items-${EnvironmentSuffix}',
      'Operation',
      call,
      { label: prefix + call },
    ]);

const capacity = (name: string): Metric => ['AWS/DynamoDB', name, 'TableName', 'items-${EnvironmentSuffix}'];

const widgets: readonly Widget[] = [
  { title: 'Requests', stat: 'Sum', metrics: [ofApi('Count'), ofApi('4XXError'), ofApi('5XXError')] },
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
    title: 'Consumed capacity units',
    stat: 'Sum',
    metrics: [capacity('ConsumedReadCapacityUnits'), capacity('ConsumedWriteCapacityUnits')],
  },
  { title: 'Latency of the table in ms, p99', stat: 'p99', metrics: ofTable('SuccessfulRequestLatency') },
  {
    title: 'Throttles and errors of the table',
    stat: 'Sum',
    metrics: [...ofTable('ThrottledRequests', 'throttles '), ...ofTable('SystemErrors', 'errors ')],
  },
];

/** Three in a row of the grid, which is 24 wide. */
const placed = ({ stacked = false, ...properties }: Widget, index: number) => ({
  type: 'metric',
  x: 8 * (index % 3),
  y: 6 * Math.floor(index / 3),
  width: 8,
  height: 6,
  properties: { view: 'timeSeries', stacked, region: '${AWS::Region}', period: 60, ...properties },
});
