/*
 * List prices of us-east-1 in USD, without taxes. AWS changes them from time to time: check the page of each service, and update
 * the prices and the date here.
 */

/** Date of the last check of the prices. */
export const pricesAsOf = '2026-11-26';

/** Services that appear on the bill, with the page on which AWS publishes their prices. */
export const services = {
  'API Gateway': 'https://aws.amazon.com/api-gateway/pricing/',
  Lambda: 'https://aws.amazon.com/lambda/pricing/',
  DynamoDB: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  VPC: 'https://aws.amazon.com/vpc/pricing/',
  'Route 53': 'https://aws.amazon.com/route53/pricing/',
  CloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  'X-Ray': 'https://aws.amazon.com/xray/pricing/',
  WAF: 'https://aws.amazon.com/waf/pricing/',
  KMS: 'https://aws.amazon.com/kms/pricing/',
  SNS: 'https://aws.amazon.com/sns/pricing/',
  'Data transfer': 'https://aws.amazon.com/ec2/pricing/on-demand/',
} as const satisfies Readonly<Record<string, string>>;

/** The name of a service on the bill. */
export type Service = keyof typeof services;

/** Price of one unit, in the first tier if there are tiers. */
export interface Price {
  readonly service: Service;
  /** Resource or use that the price is for. */
  readonly what: string;
  /** The unit of the price, and its plural if it differs. */
  readonly unit: string;
  readonly units?: string;
  readonly usd: number;
  /** Units that are free for every account each month, permanently and for all its workloads together. */
  readonly free?: number;
}

/** The prices by name, in the order of the page. */
export const prices = {
  apiRequests: { service: 'API Gateway', what: 'requests to a REST API', unit: 'million', usd: 3.5 },
  lambdaRequests: { service: 'Lambda', what: 'invocations', unit: 'million', usd: 0.2, free: 1 },
  lambdaDuration: { service: 'Lambda', what: 'duration on arm64', unit: 'GB-s', usd: 0.0000133334, free: 400_000 },
  // Halved on 1 November 2024. Many older pages still show twice as much.
  writes: { service: 'DynamoDB', what: 'write request units on demand', unit: 'million', usd: 0.625 },
  reads: { service: 'DynamoDB', what: 'read request units on demand', unit: 'million', usd: 0.125 },
  tableStorage: { service: 'DynamoDB', what: 'storage', unit: 'GB-month', usd: 0.25, free: 25 },
  tableRecovery: { service: 'DynamoDB', what: 'point-in-time recovery', unit: 'GB-month', usd: 0.2 },
  natHours: { service: 'VPC', what: 'NAT gateway', unit: 'h', usd: 0.045 },
  natTraffic: { service: 'VPC', what: 'traffic through a NAT gateway', unit: 'GB', usd: 0.045 },
  addressHours: { service: 'VPC', what: 'public IPv4 address of a NAT gateway', unit: 'h', usd: 0.005 },
  hostedZones: { service: 'Route 53', what: 'hosted zones', unit: 'zone', units: 'zones', usd: 0.5 },
  // AWS grants the 5 GB to ingestion, storage and queries together.
  logs: { service: 'CloudWatch', what: 'logs', unit: 'GB', usd: 0.5, free: 5 },
  logStorage: { service: 'CloudWatch', what: 'stored logs, compressed', unit: 'GB-month', usd: 0.03 },
  logQueries: { service: 'CloudWatch', what: 'data that Logs Insights scans', unit: 'GB', usd: 0.005 },
  metrics: {
    service: 'CloudWatch',
    what: 'custom and detailed metrics, in hours with data',
    unit: 'metric-month',
    units: 'metric-months',
    usd: 0.3,
    free: 10,
  },
  // An alarm on metric math is billed for each metric of its expression.
  alarmMetrics: {
    service: 'CloudWatch',
    what: 'metrics of alarms',
    unit: 'alarm metric',
    units: 'alarm metrics',
    usd: 0.1,
    free: 10,
  },
  dashboards: { service: 'CloudWatch', what: 'dashboards', unit: 'dashboard', units: 'dashboards', usd: 3, free: 3 },
  largeDashboards: {
    service: 'CloudWatch',
    what: 'dashboards of more than 50 metrics',
    unit: 'dashboard',
    units: 'dashboards',
    usd: 3,
  },
  traces: { service: 'X-Ray', what: 'traces recorded', unit: 'million', usd: 5, free: 0.1 },
  traceReads: { service: 'X-Ray', what: 'traces retrieved or scanned', unit: 'million', usd: 0.5, free: 1 },
  webAcls: { service: 'WAF', what: 'web ACLs', unit: 'ACL', units: 'ACLs', usd: 5 },
  webAclRules: { service: 'WAF', what: 'rules and managed rule groups', unit: 'rule', units: 'rules', usd: 1 },
  webAclRequests: { service: 'WAF', what: 'requests inspected', unit: 'million', usd: 0.6 },
  keys: { service: 'KMS', what: 'customer managed keys', unit: 'key', units: 'keys', usd: 1 },
  keyRequests: { service: 'KMS', what: 'requests', unit: 'request', units: 'requests', usd: 0.03 / 10_000, free: 20_000 },
  emails: { service: 'SNS', what: 'e-mails', unit: 'e-mail', units: 'e-mails', usd: 2 / 100_000, free: 1_000 },
  transfer: { service: 'Data transfer', what: 'out to the internet', unit: 'GB', usd: 0.09, free: 100 },
} as const satisfies Readonly<Record<string, Price>>;
