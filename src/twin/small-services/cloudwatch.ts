/** CloudWatch as the twin needs it: it measures nothing, so that names are all that there is of alarms and dashboards. */
export interface CloudWatch {
  readonly alarms: Set<string>;
  readonly dashboards: Set<string>;
}

export const createCloudWatch = (): CloudWatch => ({ alarms: new Set(), dashboards: new Set() });
