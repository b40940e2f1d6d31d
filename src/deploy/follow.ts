import { paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { type Connection, pause } from './connection.ts';
import { isOfStack } from './progress.ts';

/** Returns the id of the latest event of a stack. Later events belong to the next operation. */
export const latestEvent = async (connection: Connection, stackId: string): Promise<string | undefined> =>
  (await eventsAfter(connection, stackId, undefined, 1)).at(-1)?.EventId;

/**
 * Yields the events of an operation as they occur, earliest first, until the stack is stable. `stackId` must be the id, because a
 * deleted stack cannot be found by name. `after` is the id of the latest event before the operation.
 */
export async function* follow(
  connection: Connection,
  stackId: string,
  after: string | undefined,
): AsyncGenerator<readonly StackEvent[], void> {
  let last = after;
  for (let quiet = 0; ; quiet++) {
    const events = await eventsAfter(connection, stackId, last);
    if (events.length > 0) {
      quiet = 0;
      last = events.at(-1)?.EventId;
      yield events;
    }
    if (events.some(isEnd)) return;
    await pause(quiet, connection.signal);
  }
}

/** Returns the id of the last event before the deletion in progress. */
export const beforeDeletion = async (connection: Connection, stackId: string): Promise<string | undefined> => {
  const events = await allEvents(connection, stackId);
  const begin = events.findLastIndex((event) => isOfStack(event) && event.ResourceStatus === 'DELETE_IN_PROGRESS');
  // No DELETE_IN_PROGRESS event yet: the latest event is the one before the deletion.
  return (begin < 0 ? events.at(-1) : events[begin - 1])?.EventId;
};

/** Returns all available events of a stack, earliest first. */
export const allEvents = (connection: Connection, stackId: string): Promise<StackEvent[]> =>
  eventsAfter(connection, stackId, undefined);

const isEnd = (event: StackEvent): boolean => isOfStack(event) && /(COMPLETE|FAILED)$/.test(event.ResourceStatus ?? '');

/** Returns events, earliest first. CloudFormation returns the latest first, page by page. */
const eventsAfter = async (
  { cloudFormation, signal }: Connection,
  stackId: string,
  after: string | undefined,
  enough = Number.POSITIVE_INFINITY,
): Promise<StackEvent[]> => {
  const events: StackEvent[] = [];
  for await (const { StackEvents: page = [] } of paginateDescribeStackEvents(
    { client: cloudFormation },
    { StackName: stackId },
    { abortSignal: signal },
  )) {
    const known = page.findIndex(({ EventId: id }) => id === after);
    events.push(...(known < 0 ? page : page.slice(0, known)));
    if (known >= 0 || events.length >= enough) break;
  }
  return events.reverse();
};
