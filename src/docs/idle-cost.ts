import { operations } from '../contract/operations.ts';
import { arithmetic, type Charge, priceText } from './charge.ts';
import { type Price, prices } from './prices.ts';
import { flowLog, gigabyte, hoursPerMonth, keyRequestsPerHour, stack, usual } from './workload.ts';

/** Charges of an option in a month without a request. */
export interface Choice {
  readonly choice: string;
  readonly charges: readonly Charge[];
  readonly note?: string;
}

const month = (price: Price, count = 1): Charge => ({ price, quantity: count * hoursPerMonth });

/** Returns the charges of NAT gateways with one address each. */
export const natGateways = (count: number): Charge[] => [month(prices.natHours, count), month(prices.addressHours, count)];

/** The most metrics of a dashboard that CloudWatch has free of charge. */
const freeDashboardMetrics = 50;

/** Charges of every stack. */
export const always = {
  flowLogs: [
    {
      price: prices.logs,
      quantity: (flowLog.interfaces * flowLog.recordsPerHour * hoursPerMonth * flowLog.recordBytes) / gigabyte,
    },
  ],
  alarms: [{ price: prices.alarmMetrics, quantity: stack.alarmMetrics }],
  dashboard: [
    {
      price: stack.dashboardMetrics > freeDashboardMetrics ? prices.largeDashboards : prices.dashboards,
      quantity: stack.dashboards,
    },
  ],
} as const satisfies Readonly<Record<string, readonly Charge[]>>;

/** Charges of WebAcl=true, without requests. */
export const webAcl: readonly Charge[] = [
  { price: prices.webAcls, quantity: 1 },
  { price: prices.webAclRules, quantity: stack.webAclRules },
];

/** Charges of a key in KmsKeyArn, and of DynamoDB's requests to KMS while all functions are in use. */
export const key: readonly Charge[] = [{ price: prices.keys, quantity: 1 }];
export const keyRequests: Charge = {
  price: prices.keyRequests,
  quantity: operations.length * keyRequestsPerHour * hoursPerMonth,
};

/** Number of methods of the API: the operations, and OPTIONS on each path. */
export const methods = operations.length + new Set(operations.map(({ path }) => path)).size;

/** DetailedMetrics=true in a month with requests to every method in every hour. */
const metrics: Charge = { price: prices.metrics, quantity: methods * stack.metricsOfMethod };

const traces = (share: number): string => arithmetic({ price: prices.traces, quantity: share });

/** Charges of all stacks, and charges that depend on parameters. */
export const choices: readonly Choice[] = [
  { choice: '`NatGateways=One`, the default', charges: natGateways(1), note: 'the functions send no traffic through it' },
  { choice: '`NatGateways=PerAvailabilityZone`', charges: natGateways(stack.availabilityZones) },
  { choice: '`NatGateways=None`', charges: [], note: 'the functions reach DynamoDB only, which is all that they need' },
  { choice: 'gateway endpoint for DynamoDB', charges: [], note: 'its traffic is free as well' },
  { choice: 'flow logs', charges: always.flowLogs, note: 'without port scans of the address of a NAT gateway' },
  {
    choice: `${stack.alarms} alarms`,
    charges: always.alarms,
    note: 'CloudWatch bills each metric of an alarm, and some alarms have a metric of each operation',
  },
  {
    choice: 'dashboard',
    charges: always.dashboard,
    note: `three dashboards of at most ${freeDashboardMetrics} metrics are free in an account; this one has ${stack.dashboardMetrics}`,
  },
  {
    choice: 'metric of throttled requests',
    charges: [],
    note: `billed in hours in which API Gateway responds with 429: ${arithmetic({ price: prices.metrics, quantity: 1 })} if it does in all hours`,
  },
  { choice: '`WebAcl=true`', charges: webAcl, note: 'requests, and the log of those that it blocks, are billed as well' },
  { choice: '`KmsKeyArn` of a key of yours', charges: key, note: 'each of its first two rotations adds as much' },
  {
    choice: '`KmsKeyArn` empty',
    charges: [],
    note: 'the table has the AWS managed key of DynamoDB, whose requests are billed',
  },
  {
    choice: '`DetailedMetrics=true`',
    charges: [],
    note: `with requests to every method in every hour: ${arithmetic(metrics)}`,
  },
  { choice: '`AlarmEmail`', charges: [], note: `${priceText(prices.emails)} USD an e-mail` },
  {
    choice: '`TraceSamplingRate`',
    charges: [],
    note: `each trace is billed: of a million requests ${traces(usual.traced)} at ${usual.traced}, the default, and ${traces(1)} at 1`,
  },
  {
    choice: '`DomainName`, `HostedZoneId`',
    charges: [],
    note: `a certificate of AWS Certificate Manager and the alias record are free; the hosted zone is yours, at ${priceText(prices.hostedZones)} USD a month`,
  },
  {
    choice: '`ReservedConcurrency`, `DeletionProtection`, `RequireApiKey`, `PermissionsBoundaryArn`',
    charges: [],
  },
];
