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

/** A stack by its name or, also when it is deleted, by its id; undefined if there is none. */
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

/** The stack of this name that was deleted last; undefined if none was in the last 90 days, or if that cannot be asked. */
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

/** The resources that a stack has. */
export const stackResources = async (
  { cloudFormation, signal }: Connection,
  name: string,
): Promise<StackResourceSummary[]> => {
  const resources: StackResourceSummary[] = [];
  const pages = paginateListStackResources({ client: cloudFormation }, { StackName: name }, { abortSignal: signal });
  for await (const { StackResourceSummaries: page = [] } of pages) resources.push(...page);
  return resources.filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE');
};

/** CloudFormation has no code of its own for this: `Stack with id NAME does not exist`. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
