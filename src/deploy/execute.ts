import { randomUUID } from 'node:crypto';
import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { type ChangeSet, discardAfter } from './change-set.ts';
import { type Connection, uninterrupted } from './connection.ts';
import { latestEvent } from './follow.ts';
import { isUndone, whereToLook, withRemark } from './outcome.ts';
import { describeStack } from './stack.ts';

/**
 * Has CloudFormation execute a change set, and gives the stack's latest event from before. A change set that it does not execute is
 * deleted again; the error says so if CloudFormation executes it nevertheless, or if nobody knows.
 */
export const executeChangeSet = async (
  connection: Connection,
  changeSet: Pick<ChangeSet, 'id' | 'stackId'>,
): Promise<string | undefined> => {
  const { cloudFormation, signal } = connection;
  const { id, stackId } = changeSet;
  let after: string | undefined;
  let isSent = false;
  try {
    after = await latestEvent(connection, stackId);
    // From here on there is no way back.
    signal.throwIfAborted();
    isSent = true;
    const token = { ClientRequestToken: randomUUID() };
    await cloudFormation.send(new ExecuteChangeSetCommand({ ChangeSetName: id, StackName: stackId, ...token }));
    return after;
  } catch (error) {
    const beginning = isSent && !isUndone(error) ? await whatBegan(connection, changeSet, after) : undefined;
    if (beginning === undefined) throw await discardAfter(connection, changeSet, error);
    throw withRemark(error, `${beginning}: ${whereToLook(connection.region, stackId)}`);
  }
};

/** Describes an execution that has begun without a response, or that this is not known; undefined if none has begun. */
const whatBegan = async (
  connection: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
  after: string | undefined,
): Promise<string | undefined> => {
  const asking = uninterrupted(connection);
  try {
    const status = (await describeStack(asking, stackId))?.StackStatus ?? '';
    if (status === 'REVIEW_IN_PROGRESS') return undefined;
    // A short execution has ended by now, but there are events of it.
    if (!status.endsWith('_IN_PROGRESS') && (await latestEvent(asking, stackId)) === after) return undefined;
    return `CloudFormation has begun nevertheless, and the stack ${stackId} is in the state ${status}`;
  } catch {
    return `whether CloudFormation executes the change set ${id} is not known`;
  }
};
