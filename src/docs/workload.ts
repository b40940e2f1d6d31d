/*
 * What the page on cost takes for granted. Nothing here was measured on AWS. A test measures the sizes in the twin and finds what
 * has grown out of them.
 */

/** Bytes in a GB, as this page counts; AWS counts 1,024³, so the page is 7 % too high at most. */
export const gigabyte = 1e9;

/** Hours of a month and its days, as AWS's own calculator takes them. */
export const hoursPerMonth = 730;
const daysPerMonth = hoursPerMonth / 24;

/** A request and what it leaves behind. */
export const request = {
  /** Size of an item in the table, with all names and the server's attributes, in KB of 1,024 bytes. */
  itemKilobytes: 1,
  /** Items on a page of ListItems, its default. */
  pageItems: 25,
  /** An assumption: billed duration of a warm invocation, and the memory it is billed for. */
  durationMs: 10,
  memoryMb: 256,
  /** Headers of an answer, and the body that an item of that size makes. */
  headerBytes: 510,
  itemBodyBytes: 950,
  /** A line of the access log of a caller whom nobody has authorized; the ARN of one who signs is longer than that. */
  accessLogBytes: 280,
  /** The function's own line and Lambda's two, of start and report. */
  functionLogBytes: 675,
} as const;

/** Requests a second that the stage lets through, as ThrottlingRateLimit has it. */
export const requestsPerSecond = 500;

/** Part of the requests that are traced, as TraceSamplingRate has it. */
export const traceSamplingRate = 0.05;

/** Days that logs are kept, as LogRetentionDays has it, and what compression leaves of them: an assumption. */
export const logs = { retentionDays: 365, compression: 0.2 } as const;

/** GB-months that a GB of logs is stored for in its time. */
export const logMonths = (logs.retentionDays / daysPerMonth) * logs.compression;

/** What the templates make, whatever their parameters are; dashboard and rules are those of template.extras.yaml. */
export const stack = {
  alarms: 22,
  dashboards: 1,
  webAclRules: 3,
  availabilityZones: 2,
  /** Metrics that API Gateway keeps of each method: Count, Latency, IntegrationLatency, 4XXError, 5XXError. */
  metricsOfMethod: 5,
} as const;

/** A flow log tells of each network interface every ten minutes, if only that there was nothing. */
export const flowLog = { recordsPerHour: 6, recordBytes: 80, interfaces: 2 } as const;

/** DynamoDB keeps a table's key for five minutes for each role: an assumption of how often it asks KMS for it. */
export const keyRequestsPerHour = 12;
