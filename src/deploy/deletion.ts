import { randomUUID } from 'node:crypto';
import { DeleteStackCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Connection } from './connection.ts';
import { isUndone, whereToLook, withRemark } from './outcome.ts';
import { type InWork, isFinished } from './progress.ts';

/**
 * Starts the deletion of a stack, unless the user has interrupted. Without `roleArn`, CloudFormation uses the role of the last
 * deployment, if any.
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
    const remark = `CloudFormation may or may not delete the stack ${stackId}`;
    throw withRemark(error, `${remark}: ${whereToLook(region, stackId)}`);
  }
};

/** Returns the physical ids of resources whose last event is a completed deletion. Events are in order, earliest first. */
export const deletedIds = (events: readonly StackEvent[]): Set<string> => {
  const last = new Map(events.filter(isFinished).map((event) => [event.PhysicalResourceId, event.ResourceStatus]));
  return new Set([...last].flatMap(([id, status]) => (id && status === 'DELETE_COMPLETE' ? [id] : [])));
};

/** Returns the events of resources that CloudFormation retains because of their DeletionPolicy. */
export const retained = (events: readonly StackEvent[]): StackEvent[] =>
  events.filter(({ ResourceStatus: status }) => status === 'DELETE_SKIPPED');

/**
 * Returns true if the deletion waits for network interfaces. CloudFormation deletes a function, its subnets and its security
 * group only after Lambda has released its network interfaces.
 */
export const waitsForInterfaces = (inWork: readonly InWork[], now: Date): boolean =>
  inWork.some(
    ({ type, since }) =>
      ['AWS::Lambda::Function', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet'].includes(type) &&
      now.getTime() - since.getTime() > patience,
  );

/** Milliseconds. Without network interfaces, each of these is deleted faster. */
const patience = 20_000;
