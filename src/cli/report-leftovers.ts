import type { Stack, StackEvent, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { operations } from '../contract/operations.ts';
import {
  allEvents,
  type Connection,
  DeployError,
  deletedIds,
  deletedStack,
  deleteLogGroups,
  type FormerStack,
  findLeftovers,
  interrupted,
  isAbort,
  type Leftovers,
  retained,
} from '../deploy/index.ts';
import { indented } from './change-lines.ts';
import { ask, isTerminal } from './confirm.ts';

/** Settles if nothing is left of a stack that was just deleted; rejects with what is, or with why that is not known. */
export const reportLeftovers = async (
  connection: Connection,
  stack: Stack,
  resources: readonly StackResourceSummary[],
  yes: true | undefined,
): Promise<void> => {
  const { StackName: name = '', StackId: stackId = name } = stack;
  await report(connection, `the stack ${name} is deleted`, yes, async () => {
    const events = await allEvents(connection, stackId);
    const kept = retained(events).map(({ PhysicalResourceId: id }) => id ?? '?');
    return { kept, former: formerOf(name, stack, resources, events) };
  });
  console.log('Nothing is left of it.');
};

/** The same where there is no such stack: what was left before, or could not be asked then, is still to be found. */
export const reportFormerLeftovers = async (connection: Connection, name: string, yes: true | undefined): Promise<void> => {
  await report(connection, `there is no stack ${name} in ${connection.region}`, yes, async () => {
    const stack = await deletedStack(connection, name);
    const events = stack?.StackId === undefined ? [] : await allEvents(connection, stack.StackId);
    const moreLogGroups = operations.map((operation) => `/aws/lambda/${name}-${operation.name}`);
    // Resources that it retained on purpose may have been deleted since. Their tags show which still exist.
    return { kept: [], former: { ...formerOf(name, stack, events, events), moreLogGroups } };
  });
  console.log(`There is no stack ${name} in ${connection.region}, and nothing is left of one.`);
};

const formerOf = (
  name: string,
  stack: Stack | undefined,
  resources: FormerStack['resources'],
  events: readonly StackEvent[],
): FormerStack => {
  const project = stack?.Parameters?.find(({ ParameterKey: key }) => key === 'Project')?.ParameterValue;
  return { name, project, resources, deleted: deletedIds(events) };
};

interface Gone {
  readonly former: FormerStack;
  /** Physical ids of resources that CloudFormation has retained on purpose. */
  readonly kept: readonly string[];
}

/** Rejects unless nothing is left. `state`: what is sure about the stack, whatever is left of it. */
const report = async (
  connection: Connection,
  state: string,
  yes: true | undefined,
  learn: () => Promise<Gone>,
): Promise<void> => {
  try {
    const { kept, former } = await learn();
    const leftovers = await findLeftovers(connection, former);
    const groups = await withoutDeleted(connection, leftovers.logGroups ?? [], yes);
    const left = [...new Set([...kept, ...(leftovers.tagged ?? []), ...groups.map((group) => `log group ${group}`)])];
    const lines = [
      ...(left.length > 0 ? ['left behind, to be deleted by hand:', ...indented(left)] : []),
      ...unasked(leftovers, `${state}, but whether anything ${left.length > 0 ? 'else ' : ''}is left of it is not known`),
    ];
    if (lines.length === 0) return;
    throw connection.signal.aborted ? interrupted(`interrupted; ${lines.join('\n')}`) : new DeployError(lines.join('\n'));
  } catch (error) {
    if (!isAbort(error)) throw error;
    throw interrupted(`interrupted; ${state}, but whether anything is left of it is not known: run the same command again`);
  }
};

const unasked = ({ tagged, logGroups }: Leftovers, unknown: string): string[] => {
  const permissions = [
    ...(tagged === undefined ? ['tag:GetResources'] : []),
    ...(logGroups === undefined ? ['logs:DescribeLogGroups'] : []),
  ];
  if (permissions.length === 0) return [];
  const named = `permission${permissions.length > 1 ? 's' : ''} ${permissions.join(' and ')}`;
  return [`${unknown}: ask for the ${named}, and run the same command again`];
};

/** A line that a function wrote at the end can make its log group anew. */
const withoutDeleted = async (
  connection: Connection,
  groups: readonly string[],
  yes: true | undefined,
): Promise<readonly string[]> => {
  if (groups.length === 0) return [];
  console.log(`Log groups that came back after the deletion:\n${indented(groups).join('\n')}`);
  return yes || (await agreed(connection.signal)) ? deleteLogGroups(connection, groups) : groups;
};

/** To interrupt the question is to say no. */
const agreed = async (signal: AbortSignal): Promise<boolean> => {
  if (!isTerminal()) return false;
  try {
    return /^y(es)?$/i.test(await ask('Delete them? (yes/no) ', signal));
  } catch (error) {
    if (isAbort(error)) return false;
    throw error;
  }
};
