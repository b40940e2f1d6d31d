import { operations } from '../contract/operations.ts';
import { arithmetic, type Charge, priceText } from './charge.ts';
import { type Price, prices } from './prices.ts';
import { flowLog, gigabyte, hoursPerMonth, keyRequestsPerHour, stack, traceSamplingRate } from './workload.ts';

/** What a choice costs in a month without a request. */
export interface Choice {
  readonly choice: string;
  readonly charges: readonly Charge[];
  /** What else there is to know, in a sentence or less. */
  readonly note?: string;
}

const month = (price: Price, count = 1): Charge => ({ price, quantity: count * hoursPerMonth });

/** NAT gateways with an address each. */
export const natGateways = (count: number): Charge[] => [month(prices.natHours, count), month(prices.addressHours, count)];

/** What every stack has. */
export const always = {
  flowLogs: [
    {
      price: prices.logs,
      quantity: (flowLog.interfaces * flowLog.recordsPerHour * hoursPerMonth * flowLog.recordBytes) / gigabyte,
    },
  ],
  alarms: [{ price: prices.alarms, quantity: stack.alarms }],
} as const satisfies Readonly<Record<string, readonly Charge[]>>;

/** What template.extras.yaml makes: the dashboard, and with WebAcl=true AWS WAF, without the requests. */
export const dashboard: readonly Charge[] = [{ price: prices.dashboards, quantity: stack.dashboards }];
export const webAcl: readonly Charge[] = [
  { price: prices.webAcls, quantity: 1 },
  { price: prices.webAclRules, quantity: stack.webAclRules },
];

/** A key in KmsKeyArn, and what DynamoDB asks of it while all functions are in use. */
export const key: readonly Charge[] = [{ price: prices.keys, quantity: 1 }];
export const keyRequests: Charge = {
  price: prices.keyRequests,
  quantity: operations.length * keyRequestsPerHour * hoursPerMonth,
};

/** Methods of the API: the operations, and OPTIONS on each path. */
export const methods = operations.length + new Set(operations.map(({ path }) => path)).size;

/** DetailedMetrics=true in a month with requests to every method in every hour. */
const metrics: Charge = { price: prices.metrics, quantity: methods * stack.metricsOfMethod };

/** The choices that the parameters leave, and what comes with all of them. */
export const choices: readonly Choice[] = [
  {
    choice: '`NatGateways=One`, the default',
    charges: natGateways(1),
    note: 'no traffic: the functions as they are send none',
  },
  { choice: '`NatGateways=PerAvailabilityZone`', charges: natGateways(stack.availabilityZones) },
  {
    choice: '`NatGateways=None`',
    charges: [],
    note: 'functions reach DynamoDB and nothing else, which is all that they need',
  },
  { choice: 'gateway endpoint for DynamoDB', charges: [], note: 'its traffic is free, too' },
  { choice: 'flow logs', charges: always.flowLogs, note: 'without what scanners send to the address of a NAT gateway' },
  { choice: `${stack.alarms} alarms`, charges: always.alarms },
  { choice: '`KmsKeyArn` of a key of yours', charges: key, note: 'its first two rotations add as much each' },
  { choice: '`KmsKeyArn` empty', charges: [], note: 'the AWS managed key of DynamoDB; requests to it are billed' },
  {
    choice: '`DetailedMetrics=true`',
    charges: [],
    note: `with requests to every method in every hour: ${arithmetic(metrics)}`,
  },
  { choice: '`AlarmEmail`', charges: [], note: `${priceText(prices.emails)} USD an e-mail` },
  {
    choice: '`TraceSamplingRate`',
    charges: [],
    note: `each trace is billed: of a million requests ${arithmetic({ price: prices.traces, quantity: traceSamplingRate })} at ${traceSamplingRate}, the default, and ${arithmetic({ price: prices.traces, quantity: 1 })} at 1`,
  },
  { choice: '`ReservedConcurrency`, `DeletionProtection`, `RequireApiKey`', charges: [] },
  { choice: 'template.extras.yaml: dashboard', charges: dashboard },
  {
    choice: 'template.extras.yaml: `WebAcl=true`',
    charges: webAcl,
    note: 'requests and its log of what it blocks are billed, too',
  },
];
