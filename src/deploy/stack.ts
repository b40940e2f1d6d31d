import {
  DescribeStacksCommand,
  paginateListStackResources,
  paginateListStacks,
  type Stack,
  type StackResourceSummary,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import { ifPermitted } from './aws-errors.ts';
import type { Connection } from './connection.ts';

/** Returns a stack by name or id, or undefined if there is none. A deleted stack can be found only by id. */
export const describeStack = async ({ cloudFormation, signal }: Connection, name: string): Promise<Stack | undefined> => {
  try {
    const question = new DescribeStacksCommand({ StackName: name });
    const { Stacks: stacks } = await cloudFormation.send(question, { abortSignal: signal });
    return stacks?.[0];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/**
 * Returns the stack of this name that was deleted last. Undefined if none was deleted in the last 90 days, or if the lookup is
 * not permitted.
 */
export const deletedStack = async (connection: Connection, name: string): Promise<Stack | undefined> => {
  const { cloudFormation: client, signal } = connection;
  let last: StackSummary | undefined;
  await ifPermitted(async () => {
    const pages = paginateListStacks({ client }, { StackStatusFilter: ['DELETE_COMPLETE'] }, { abortSignal: signal });
    for await (const { StackSummaries: page = [] } of pages) {
      for (const stack of page) {
        if (stack.StackName === name && deletionOf(stack) >= deletionOf(last)) last = stack;
      }
    }
  });
  return last?.StackId === undefined ? undefined : describeStack(connection, last.StackId);
};

const deletionOf = (stack: StackSummary | undefined): number => stack?.DeletionTime?.getTime() ?? 0;

/** Returns the current resources of a stack. */
export const stackResources = async (
  { cloudFormation, signal }: Connection,
  name: string,
): Promise<StackResourceSummary[]> => {
  const resources: StackResourceSummary[] = [];
  const pages = paginateListStackResources({ client: cloudFormation }, { StackName: name }, { abortSignal: signal });
  for await (const { StackResourceSummaries: page = [] } of pages) resources.push(...page);
  return resources.filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE');
};

/** Returns true for CloudFormation's error `Stack with id NAME does not exist`, which has no error code of its own. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
