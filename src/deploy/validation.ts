import { type OperationEvent, paginateDescribeEvents } from '@aws-sdk/client-cloudformation';
import type { Connection } from './connection.ts';
import { remedyFor } from './remedies.ts';

/**
 * Returns the faults that CloudFormation's validation, and hooks of the account, find in a change set, a line each: names that
 * are taken, properties that are wrong. The change set itself only reports that it has failed. Empty if no fault can be read.
 */
export const validationFaults = async ({ cloudFormation, signal }: Connection, changeSetId: string): Promise<string[]> => {
  const query = { ChangeSetName: changeSetId, Filters: { FailedEvents: true } };
  const events: OperationEvent[] = [];
  try {
    for await (const page of paginateDescribeEvents({ client: cloudFormation }, query, { abortSignal: signal })) {
      events.push(...(page.OperationEvents ?? []));
    }
  } catch {
    // A newer operation, with a permission of its own: without it the reason of the change set has to do.
  }
  return faultLines(events);
};

/** The pure part of `validationFaults`. */
export const faultLines = (events: readonly OperationEvent[]): string[] =>
  events.flatMap((event) => {
    const { LogicalResourceId: id = '?', ResourceType: type = '?', ValidationFailureMode: mode } = event;
    const reason = event.ValidationStatusReason ?? event.HookStatusReason;
    if (reason === undefined || mode === 'WARN' || event.HookFailureMode === 'WARN') return [];
    return [`${id} (${type}): ${reason.trim().replace(/\.$/, '')}${remedyFor(reason, type)}`];
  });
