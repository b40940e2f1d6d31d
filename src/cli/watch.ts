import type { StackEvent } from '@aws-sdk/client-cloudformation';
import {
  type Connection,
  explained,
  follow,
  interrupted,
  isFinished,
  type Progress,
  progressOf,
  whereToLook,
} from '../deploy/index.ts';
import { LiveLine } from './live-line.ts';
import { eventLine, progressLine } from './progress-lines.ts';

export interface Operation {
  readonly stackName: string;
  readonly stackId: string;
  /** The latest event from before the operation. */
  readonly after: string | undefined;
  /** Logical ids of the resources that it is about. */
  readonly planned: ReadonlySet<string>;
  /** A remark on what is in work, printed once. */
  readonly remark?: (progress: Progress, now: Date) => string | undefined;
}

/**
 * Shows an operation on a stack until it has ended: one line that is redrawn on a terminal, else a line a finished resource. Gives all
 * its events, earliest first.
 */
export const watch = async (
  connection: Connection,
  { stackName, stackId, after, planned, remark }: Operation,
): Promise<StackEvent[]> => {
  const began = performance.now();
  const events: StackEvent[] = [];
  let progress = progressOf(events, planned);
  let remarked = false;
  const elapsed = () => performance.now() - began;
  const live = process.stdout.isTTY
    ? new LiveLine(process.stdout, () => progressLine(progress, elapsed(), new Date()))
    : undefined;
  const print = (line: string) => (live ? live.print(line) : console.log(line));
  const look = () => {
    const text = remarked ? undefined : remark?.(progress, new Date());
    if (text === undefined) return;
    remarked = true;
    print(text);
  };
  const isOfInterest = ({ LogicalResourceId: id = '' }: StackEvent) => planned.has(id) || progress.phase === 'rollback';
  const timer = setInterval(look, 1000);
  try {
    for await (const news of follow(connection, stackId, after)) {
      for (const event of news) {
        events.push(event);
        progress = progressOf(events, planned);
        if (!live && isFinished(event) && isOfInterest(event)) print(eventLine(progress, elapsed(), event));
      }
      live?.draw();
    }
    return events;
  } catch (error) {
    const known = explained(error);
    const hint = `CloudFormation goes on with ${stackName}: ${whereToLook(connection.region, stackId)}`;
    if (connection.signal.aborted) throw interrupted(`interrupted; ${hint}`);
    if (known instanceof Error && known !== error) known.message += `\n${hint}`;
    throw known;
  } finally {
    clearInterval(timer);
    live?.end();
  }
};
