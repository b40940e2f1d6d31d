import { randomUUID } from 'node:crypto';
import {
  type Change,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import { type PlannedChange, plannedChanges } from './changes.ts';
import type { Connection } from './connection.ts';
import { DeployError } from './errors.ts';
import { pause } from './pause.ts';
import { remedyFor } from './remedies.ts';
import { describeStack } from './stack.ts';
import { validationFaults } from './validation.ts';

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly body: string;
  readonly parameters: readonly Parameter[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly PlannedChange[];
  /** True if there is nothing at all to execute. Without changes of resources, outputs may change. */
  readonly isEmpty: boolean;
}

/** Creates a change set and waits until CloudFormation has worked it out. One that fails, or is interrupted, is deleted again. */
export const createChangeSet = async (
  connection: Connection,
  { stackName, type, body, parameters, tags }: ChangeSetRequest,
  signal: AbortSignal,
): Promise<ChangeSet> => {
  const { Id: id = '', StackId: stackId = '' } = await connection.cloudFormation.send(
    new CreateChangeSetCommand({
      StackName: stackName,
      ChangeSetName: `items-${randomUUID()}`,
      ChangeSetType: type,
      TemplateBody: body,
      Parameters: [...parameters],
      // AWS::LanguageExtensions needs CAPABILITY_AUTO_EXPAND only where there is no change set.
      Capabilities: ['CAPABILITY_IAM'],
      ...(tags && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    }),
  );
  const created = { id, stackId, changes: [], isEmpty: true };
  try {
    const { Status: status, StatusReason: reason = '', changes } = await settled(connection, created, signal);
    if (status === 'CREATE_COMPLETE') return { ...created, changes: plannedChanges(changes), isEmpty: false };
    if (/didn't contain changes|No updates are to be performed/i.test(reason)) return created;
    const faults = await validationFaults(connection, id);
    throw new DeployError(
      [`CloudFormation does not accept the changes to ${stackName}: ${reason}${remedyFor(reason)}`, ...faults].join('\n'),
    );
  } catch (error) {
    await discardChangeSet(connection, created);
    throw error;
  }
};

/** Deletes a change set, and the stack that was only made to hold it: nothing of it stays. */
export const discardChangeSet = async (
  connection: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
): Promise<void> => {
  const { cloudFormation } = connection;
  await cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: id, StackName: stackId }));
  // Somebody else may have put a change set of theirs into the empty stack, or have executed it.
  const stack = await describeStack(connection, stackId);
  if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
  if ((await changeSetNames(connection, stackId, id)).length > 0) return;
  await cloudFormation.send(new DeleteStackCommand({ StackName: stackId }));
};

export const executeChangeSet = async (
  { cloudFormation }: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
): Promise<void> => {
  await cloudFormation.send(new ExecuteChangeSetCommand({ ChangeSetName: id, StackName: stackId }));
};

/** Names of the change sets that a stack has, without one that was just deleted and may still be listed. */
export const changeSetNames = async (
  { cloudFormation }: Connection,
  stackName: string,
  deletedId?: string,
): Promise<string[]> => {
  const { Summaries: summaries = [] } = await cloudFormation.send(new ListChangeSetsCommand({ StackName: stackName }));
  return summaries.flatMap(({ ChangeSetId: id, ChangeSetName: name }) => (id === deletedId ? [] : (name ?? [])));
};

/** The description of a change set that is in progress no more, with the changes of all its pages. */
const settled = async (
  { cloudFormation }: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
  signal: AbortSignal,
): Promise<DescribeChangeSetCommandOutput & { changes: Change[] }> => {
  const describe = (token?: string) =>
    cloudFormation.send(
      new DescribeChangeSetCommand({ ChangeSetName: id, StackName: stackId, ...(token && { NextToken: token }) }),
    );
  let description = await describe();
  for (let attempt = 0; /PENDING|IN_PROGRESS/.test(description.Status ?? ''); attempt++) {
    await pause(attempt, signal);
    description = await describe();
  }
  const changes = [...(description.Changes ?? [])];
  for (let token = description.NextToken; token; ) {
    const page = await describe(token);
    changes.push(...(page.Changes ?? []));
    token = page.NextToken;
  }
  return { ...description, changes };
};
