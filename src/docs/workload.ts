import { entities } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';

/*
 * The assumptions of the page on cost. Nothing here was measured on AWS. A test measures the sizes in the local twin and fails if they
 * have changed.
 */

/** Bytes in a GB on this page. AWS counts 1,024³, so the page is at most 7 % too high. */
export const gigabyte = 1e9;

/** Hours and days of a month, as AWS's own calculator has them. */
export const hoursPerMonth = 730;
const daysPerMonth = hoursPerMonth / 24;

/** Load that requests cause: what they read and write. */
export interface Load {
  /** Size of an item in the table in KB of 1,024 bytes, with all names and the server's attributes. */
  readonly itemKilobytes: number;
  /** Size of an item in a response, in bytes. */
  readonly itemBodyBytes: number;
  /** Items that a client asks for on a page of ListItems. */
  readonly pageItems: number;
  /** Billed duration of an invocation: an assumption. */
  readonly durationMs: number;
  /** Share of the requests that are traced. */
  readonly traced: number;
}

/** Small items, with the default page and the default of TraceSamplingRate. */
export const usual: Load = { itemKilobytes: 1, itemBodyBytes: 950, pageItems: 25, durationMs: 10, traced: 0.05 };

/** Clients that cause the highest bill with items of that size: the longest pages, and the header that asks for a trace. */
export const costliest = {
  small: { ...usual, pageItems: 100, traced: 1 },
  /** The largest items that DynamoDB stores. */
  large: { itemKilobytes: 400, itemBodyBytes: 400_000, pageItems: 100, durationMs: 500, traced: 1 },
} as const satisfies Readonly<Record<string, Load>>;

/** DynamoDB ends a page of a Scan at 1 MB, however many items were asked for. */
export const pageKilobytes = 1024;

/** Figures of a request, whatever it reads or writes. */
export const request = {
  /** Memory of a function, the default of MemorySize. */
  memoryMb: 256,
  /** Headers of a response, and the body of a gateway response. */
  headerBytes: 560,
  problemBytes: 380,
  /** A line of the access log without a caller; the ARN of an IAM principal makes it longer. */
  accessLogBytes: 370,
  /** The function's own line, and the two in which Lambda reports start and end. */
  functionLogBytes: 675,
} as const;

/** Requests a second that each method accepts, the default of ThrottlingRateLimit. */
export const requestsPerSecond = 10;

/** Days that logs are kept, the default of LogRetentionDays, and the size that compression leaves of them: an assumption. */
export const logs = { retentionDays: 365, compression: 0.2 } as const;

/** GB-months for which a GB of logs is stored. */
export const logMonths = (logs.retentionDays / daysPerMonth) * logs.compression;

/** Functions, and the DynamoDB actions on each table, which metrics tell apart. */
const functions = operations.length;
const actions = new Set(
  operations.flatMap(({ entity, actions, indexActions = [] }) =>
    [...actions, ...indexActions].map((action) => `${entity.name} ${action}`),
  ),
).size;

/** Counts of what the template creates. */
export const stack = {
  /** Four of the API, two of the functions on each entity, and two of its table. */
  alarms: 4 + 4 * entities.length,
  /** Metrics of all alarms together: errors and throttles of functions, throttles and errors of actions, and five of the API. */
  alarmMetrics: 2 * functions + 2 * actions + 5,
  dashboards: 1,
  /** Five of each function, three of each action, five of the API, and two of each table. */
  dashboardMetrics: 5 * functions + 3 * actions + 5 + 2 * entities.length,
  webAclRules: 3,
  availabilityZones: 2,
  /** Metrics that API Gateway has of each method: Count, Latency, IntegrationLatency, 4XXError, 5XXError. */
  metricsOfMethod: 5,
} as const;

/** A flow log has a record of each network interface every ten minutes, even without traffic. */
export const flowLog = { recordsPerHour: 6, recordBytes: 80, interfaces: 2 } as const;

/** DynamoDB keeps a table's key for five minutes for each role: an assumption of how often it asks KMS for it. */
export const keyRequestsPerHour = 12;
