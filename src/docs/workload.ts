import { entities } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';

/*
 * The assumptions of the page on cost. Nothing here was measured on AWS. A test measures the sizes in the local twin and fails if
 * they have changed.
 */

/** Bytes in a GB on this page. AWS counts 1,024³, so the page is at most 7 % too high. */
export const gigabyte = 1e9;

/** Hours and days of a month, as in AWS's own calculator. */
export const hoursPerMonth = 730;
const daysPerMonth = hoursPerMonth / 24;

/** Data that requests read and write. */
export interface Load {
  /** Size of an item in the table in KB of 1,024 bytes, including names and the server's attributes. */
  readonly itemKilobytes: number;
  /** Size of an item in a response, in bytes. */
  readonly itemBodyBytes: number;
  /** Number of items that a client requests for a page of ListItems. */
  readonly pageItems: number;
  /** Billed duration of an invocation in milliseconds: an assumption. */
  readonly durationMs: number;
  /** Share of the requests that are traced. */
  readonly traced: number;
}

/** Small items, with the default page and the default of TraceSamplingRate. */
export const usual: Load = { itemKilobytes: 1, itemBodyBytes: 950, pageItems: 25, durationMs: 10, traced: 0.05 };

/** Loads with the highest bill for items of a size: the longest pages, and a trace of every request. */
export const costliest = {
  small: { ...usual, pageItems: 100, traced: 1 },
  /** The largest items that DynamoDB stores. */
  large: { itemKilobytes: 400, itemBodyBytes: 400_000, pageItems: 100, durationMs: 500, traced: 1 },
} as const satisfies Readonly<Record<string, Load>>;

/** DynamoDB ends a page of a Scan at 1 MB, whatever limit was requested. */
export const pageKilobytes = 1024;

/** Sizes of a request that do not depend on the data. */
export const request = {
  /** Memory of a function in MB: the default of MemorySize. */
  memoryMb: 256,
  /** Bytes of response headers, and of the body of a gateway response. */
  headerBytes: 560,
  problemBytes: 380,
  /** Bytes of a line of the access log without a caller. The ARN of an IAM principal makes it longer. */
  accessLogBytes: 370,
  /** Bytes of the function's own line, and of the two lines in which Lambda reports start and end. */
  functionLogBytes: 675,
} as const;

/** Requests per second that each method accepts: the default of ThrottlingRateLimit. */
export const requestsPerSecond = 10;

/** Days of log retention, the default of LogRetentionDays; and the compressed share of the size: an assumption. */
export const logs = { retentionDays: 365, compression: 0.2 } as const;

/** GB-months for which a GB of logs is stored. */
export const logMonths = (logs.retentionDays / daysPerMonth) * logs.compression;

/** Numbers of functions, and of DynamoDB actions on each table, for which there are separate metrics. */
const functions = operations.length;
const actions = new Set(
  operations.flatMap(({ entity, actions, indexActions = [] }) =>
    [...actions, ...indexActions].map((action) => `${entity.name} ${action}`),
  ),
).size;

/** Counts of resources in the template. */
export const stack = {
  /** Four of the API, two of the functions of each entity, and two of its table. */
  alarms: 4 + 4 * entities.length,
  /** Metrics of all alarms: errors and throttles of functions, throttles and errors of actions, and five of the API. */
  alarmMetrics: 2 * functions + 2 * actions + 5,
  dashboards: 1,
  /** Five for each function, three for each action, five for the API, and two for each table. */
  dashboardMetrics: 5 * functions + 3 * actions + 5 + 2 * entities.length,
  webAclRules: 3,
  availabilityZones: 2,
  /** Metrics of each method of API Gateway: Count, Latency, IntegrationLatency, 4XXError, 5XXError. */
  metricsOfMethod: 5,
} as const;

/** A flow log has one record per network interface every ten minutes, even without traffic. */
export const flowLog = { recordsPerHour: 6, recordBytes: 80, interfaces: 2 } as const;

/** DynamoDB caches a table's key for five minutes for each role: an assumption about the number of its requests to KMS. */
export const keyRequestsPerHour = 12;
