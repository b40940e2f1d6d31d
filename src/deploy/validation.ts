import { type OperationEvent, paginateDescribeEvents } from '@aws-sdk/client-cloudformation';
import type { Connection } from './connection.ts';
import { remedyFor } from './remedies.ts';

/**
 * Returns the faults that CloudFormation's validation and hooks of the account find in a change set, one per line: names that are
 * taken, invalid properties. The change set itself reports only that it failed. Empty if the faults cannot be read.
 */
export const validationFaults = async ({ cloudFormation, signal }: Connection, changeSetId: string): Promise<string[]> => {
  const query = { ChangeSetName: changeSetId, Filters: { FailedEvents: true } };
  const events: OperationEvent[] = [];
  try {
    for await (const page of paginateDescribeEvents({ client: cloudFormation }, query, { abortSignal: signal })) {
      events.push(...(page.OperationEvents ?? []));
    }
  } catch {
    // A newer API operation with its own permission. Without it, the reason of the change set must suffice.
  }
  return faultLines(events);
};

/** Returns the faults in events of an operation, one per line. Warnings are omitted. */
export const faultLines = (events: readonly OperationEvent[]): string[] =>
  events.flatMap((event) => {
    const { LogicalResourceId: id = '?', ResourceType: type = '?', ValidationFailureMode: mode } = event;
    const reason = event.ValidationStatusReason ?? event.HookStatusReason;
    if (reason === undefined || mode === 'WARN' || event.HookFailureMode === 'WARN') return [];
    return [`${id} (${type}): ${reason.trim().replace(/\.$/, '')}${remedyFor(reason, type)}`];
  });
