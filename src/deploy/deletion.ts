import { randomUUID } from 'node:crypto';
import { DeleteStackCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Connection } from './connection.ts';
import { isUndone, whereToLook, withRemark } from './outcome.ts';
import { type InWork, isFinished } from './progress.ts';

/**
 * Asks CloudFormation to delete a stack, unless the user has interrupted. Without a role it acts with the one that the stack was
 * deployed with, if it was with one.
 */
export const deleteStack = async (
  { cloudFormation, region, signal }: Connection,
  stackId: string,
  roleArn?: string,
): Promise<void> => {
  signal.throwIfAborted();
  try {
    const request = { StackName: stackId, ClientRequestToken: randomUUID() };
    await cloudFormation.send(new DeleteStackCommand({ ...request, ...(roleArn !== undefined && { RoleARN: roleArn }) }));
  } catch (error) {
    if (isUndone(error)) throw error;
    const remark = `whether CloudFormation deletes the stack ${stackId} is not known`;
    throw withRemark(error, `${remark}: ${whereToLook(region, stackId)}`);
  }
};

/** Physical ids of the resources of which the last event of all, earliest first, says that they are deleted. */
export const deletedIds = (events: readonly StackEvent[]): Set<string> => {
  const last = new Map(events.filter(isFinished).map((event) => [event.PhysicalResourceId, event.ResourceStatus]));
  return new Set([...last].flatMap(([id, status]) => (id && status === 'DELETE_COMPLETE' ? [id] : [])));
};

/** Returns the events of resources that CloudFormation retains on purpose, as their DeletionPolicy requires. */
export const retained = (events: readonly StackEvent[]): StackEvent[] =>
  events.filter(({ ResourceStatus: status }) => status === 'DELETE_SKIPPED');

/**
 * True if the deletion waits for network interfaces: CloudFormation deletes a function, and the subnets and the security group that it
 * was in, only when Lambda has given its interfaces back.
 */
export const waitsForInterfaces = (inWork: readonly InWork[], now: Date): boolean =>
  inWork.some(
    ({ type, since }) =>
      ['AWS::Lambda::Function', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet'].includes(type) &&
      now.getTime() - since.getTime() > patience,
  );

/** Milliseconds that deleting any of these takes without such a wait. */
const patience = 20_000;
