import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { explained } from './aws-errors.ts';
import type { Connection } from './connection.ts';
import { interrupted } from './errors.ts';
import { follow } from './follow.ts';
import { whereToLook } from './outcome.ts';
import { isFinished, type Progress, ProgressTracker } from './progress.ts';
import type { FinishedResource, User } from './user.ts';

export interface Operation {
  readonly stackName: string;
  readonly stackId: string;
  /** Id of the latest event before the operation. */
  readonly after: string | undefined;
  /** Logical ids of the resources of the operation. */
  readonly planned: ReadonlySet<string>;
  /** Returns a remark on the resources in progress. Shown at most once. */
  readonly remark?: (progress: Progress, now: Date) => string | undefined;
}

/** End of an operation. */
export interface Watched {
  /** All events of the operation, earliest first. */
  readonly events: readonly StackEvent[];
  /** The status of the stack. */
  readonly ended: string | undefined;
}

/** Shows the progress of an operation on a stack until it ends. */
export const watch = async (
  connection: Connection,
  { stackName, stackId, after, planned, remark }: Operation,
  user: Pick<User, 'say' | 'follow'>,
): Promise<Watched> => {
  const events: StackEvent[] = [];
  const tracker = new ProgressTracker(planned);
  const view = user.follow(tracker.progress);
  let remarked = false;
  const look = () => {
    const text = remarked ? undefined : remark?.(tracker.progress, new Date());
    if (text === undefined) return;
    remarked = true;
    user.say(text);
  };
  const timer = setInterval(look, 1000);
  try {
    for await (const news of follow(connection, stackId, after)) {
      for (const event of news) {
        events.push(event);
        tracker.add(event);
        const isOfInterest = planned.has(event.LogicalResourceId ?? '') || tracker.phase === 'rollback';
        if (isFinished(event) && isOfInterest) view.finished(finishedBy(event), tracker.progress);
      }
      view.update(tracker.progress);
    }
    return { events, ended: tracker.progress.ended };
  } catch (error) {
    const known = explained(error);
    const hint = `CloudFormation continues with ${stackName}: ${whereToLook(connection.region, stackId)}`;
    if (connection.signal.aborted) throw interrupted(`interrupted; ${hint}`);
    if (known instanceof Error && known !== error) known.message += `\n${hint}`;
    throw known;
  } finally {
    clearInterval(timer);
    view.end();
  }
};

const finishedBy = (event: StackEvent): FinishedResource => {
  const { LogicalResourceId: logicalId = '?', ResourceType: type = '?', ResourceStatus: status = '' } = event;
  const { ResourceStatusReason: reason } = event;
  return { logicalId, type, status, ...(reason !== undefined && { reason }) };
};
