import { randomUUID } from 'node:crypto';
import {
  type Change,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  ListChangeSetsCommand,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import { explained } from './aws-errors.ts';
import { type PlannedChange, plannedChanges } from './changes.ts';
import { type Connection, pause, uninterrupted } from './connection.ts';
import { DeployError, interruptedUnchanged, isAbort } from './errors.ts';
import { isUndone, withRemark } from './outcome.ts';
import { remedyFor } from './remedies.ts';
import { describeStack } from './stack.ts';
import type { TemplateSource } from './upload.ts';
import { validationFaults } from './validation.ts';

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly template: TemplateSource;
  readonly parameters: readonly Parameter[];
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * The service role that CloudFormation uses for this and later operations. Without it, CloudFormation uses the caller's
   * permissions.
   */
  readonly roleArn?: string;
}

export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly PlannedChange[];
  /** True if there is nothing to execute. Even without changes to resources, outputs may change. */
  readonly isEmpty: boolean;
}

/** Creates a change set and waits until it is complete. A change set that fails or is interrupted is deleted. */
export const createChangeSet = async (connection: Connection, request: ChangeSetRequest): Promise<ChangeSet> => {
  const { stackName } = request;
  connection.signal.throwIfAborted();
  const created = { ...(await create(connection, request)), changes: [], isEmpty: true };
  try {
    const { Status: status, StatusReason: reason = '', changes } = await settled(connection, created);
    if (status === 'CREATE_COMPLETE') return { ...created, changes: plannedChanges(changes), isEmpty: false };
    if (/didn't contain changes|No updates are to be performed/i.test(reason)) return created;
    const faults = await validationFaults(connection, created.id);
    throw new DeployError(
      [`CloudFormation does not accept the changes to ${stackName}: ${reason}${remedyFor(reason)}`, ...faults].join('\n'),
    );
  } catch (error) {
    throw await discardAfter(connection, created, error);
  }
};

/** Deletes a change set, and the stack that was created only for it. Also runs after an interruption. */
export const discardChangeSet = async (
  connection: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
): Promise<void> => {
  const { cloudFormation } = connection;
  let thing = `the change set ${id}`;
  try {
    await cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: id, StackName: stackId }));
    thing = `the stack ${stackId}, if it was made to hold the change set,`;
    // Another user may have added a change set to the empty stack, or executed one.
    const asking = uninterrupted(connection);
    const stack = await describeStack(asking, stackId);
    if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
    if ((await changeSetNames(asking, stackId, id)).length > 0) return;
    await cloudFormation.send(new DeleteStackCommand({ StackName: stackId }));
  } catch (error) {
    const known = explained(error);
    if (!(known instanceof DeployError)) throw error;
    throw new DeployError(`${thing} could not be deleted: ${known.message}`, { cause: error });
  }
};

/** Deletes a change set after an error. Returns that error, with a remark if the change set cannot be deleted. */
export const discardAfter = async (
  connection: Connection,
  changeSet: Pick<ChangeSet, 'id' | 'stackId'>,
  error: unknown,
): Promise<unknown> => {
  try {
    await discardChangeSet(connection, changeSet);
    return error;
  } catch (failure) {
    const remark = failure instanceof Error ? failure.message : String(failure);
    return withRemark(isAbort(error) ? interruptedUnchanged() : error, remark);
  }
};

/** Returns the names of the stack's change sets, except one that was just deleted and may still be listed. */
export const changeSetNames = async (
  { cloudFormation, signal }: Connection,
  stackName: string,
  deletedId?: string,
): Promise<string[]> => {
  const question = new ListChangeSetsCommand({ StackName: stackName });
  const { Summaries: summaries = [] } = await cloudFormation.send(question, { abortSignal: signal });
  return summaries.flatMap(({ ChangeSetId: id, ChangeSetName: name }) => (id === deletedId ? [] : (name ?? [])));
};

const create = async (
  { cloudFormation }: Connection,
  { stackName, type, template, parameters, tags, roleArn }: ChangeSetRequest,
): Promise<Pick<ChangeSet, 'id' | 'stackId'>> => {
  const name = `items-${randomUUID()}`;
  const command = new CreateChangeSetCommand({
    StackName: stackName,
    ChangeSetName: name,
    // With the token, a retry of the SDK after a lost response is the same request. Without it, the name would be taken.
    ClientToken: name,
    ChangeSetType: type,
    ...template,
    Parameters: [...parameters],
    Capabilities: ['CAPABILITY_IAM'],
    ...(roleArn !== undefined && { RoleARN: roleArn }),
    ...(tags && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
  });
  try {
    const { Id: id = '', StackId: stackId = '' } = await cloudFormation.send(command);
    return { id, stackId };
  } catch (error) {
    if (isUndone(error)) throw error;
    throw withRemark(error, `the stack ${stackName} may or may not have the change set ${name}`);
  }
};

/** Waits until a change set is no longer in progress. Returns its description, with the changes of all pages. */
const settled = async (
  { cloudFormation, signal }: Connection,
  { id, stackId }: Pick<ChangeSet, 'id' | 'stackId'>,
): Promise<DescribeChangeSetCommandOutput & { changes: Change[] }> => {
  const describe = (token?: string) =>
    cloudFormation.send(
      new DescribeChangeSetCommand({ ChangeSetName: id, StackName: stackId, ...(token && { NextToken: token }) }),
      { abortSignal: signal },
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
