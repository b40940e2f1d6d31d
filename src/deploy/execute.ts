import { randomUUID } from 'node:crypto';
import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { type ChangeSet, discardAfter } from './change-set.ts';
import { type Connection, uninterrupted } from './connection.ts';
import { latestEvent } from './follow.ts';
import { isUndone, whereToLook, withRemark } from './outcome.ts';
import { describeStack } from './stack.ts';

/**
 * Executes a change set. Returns the id of the stack's latest event before the execution. A change set that is not executed is
 * deleted. The error states if CloudFormation executes it nevertheless, or if this is unknown.
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
    // From here on, the execution cannot be cancelled.
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

/**
 * Describes an execution that has begun without a response, or states that this is unknown. Returns undefined if none has begun.
 */
const whatBegan = async (
  connection: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
  after: string | undefined,
): Promise<string | undefined> => {
  const asking = uninterrupted(connection);
  try {
    const status = (await describeStack(asking, stackId))?.StackStatus ?? '';
    if (status === 'REVIEW_IN_PROGRESS') return undefined;
    // A short execution may have ended, but it has created events.
    if (!status.endsWith('_IN_PROGRESS') && (await latestEvent(asking, stackId)) === after) return undefined;
    return `CloudFormation has begun nevertheless, and the stack ${stackId} is in the state ${status}`;
  } catch {
    return `CloudFormation may or may not execute the change set ${id}`;
  }
};
