/** CloudWatch in the twin: it measures nothing and stores only the names of alarms and dashboards. */
export interface CloudWatch {
  readonly alarms: Set<string>;
  readonly dashboards: Set<string>;
}

export const createCloudWatch = (): CloudWatch => ({ alarms: new Set(), dashboards: new Set() });
