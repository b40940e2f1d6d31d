import type { Stack, StackEvent, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Connection } from './connection.ts';
import { deletedIds, retained } from './deletion.ts';
import { DeployError, interrupted, isAbort } from './errors.ts';
import { allEvents } from './follow.ts';
import { deleteLogGroups, type FormerStack, findLeftovers, type Leftovers } from './leftovers.ts';
import { deletedStack } from './stack.ts';
import { isYes, type User } from './user.ts';

/** The user who is asked before leftovers are deleted. */
interface Asking {
  readonly user: Pick<User, 'say' | 'ask'>;
  /** True if the user has already agreed. */
  readonly yes?: boolean | undefined;
}

/**
 * Resolves if nothing remains of a stack that was just deleted. Rejects with a list of what remains, or with the reason why that
 * is unknown.
 */
export const reportLeftovers = async (
  connection: Connection,
  stack: Stack,
  resources: readonly StackResourceSummary[],
  asking: Asking,
): Promise<void> => {
  const { StackName: name = '', StackId: stackId = name } = stack;
  await report(connection, `the stack ${name} is deleted`, asking, async () => {
    const events = await allEvents(connection, stackId);
    const kept = retained(events).map(({ PhysicalResourceId: id }) => id ?? '?');
    return { kept, former: formerOf(name, stack, resources, events) };
  });
  asking.user.say('Nothing is left of it.');
};

/**
 * Does the same if the stack does not exist: finds what remained earlier, or could not be looked up then. `functions` are the
 * names of functions that the stack may have had, without the stack name.
 */
export const reportFormerLeftovers = async (
  connection: Connection,
  name: string,
  functions: readonly string[],
  asking: Asking,
): Promise<void> => {
  await report(connection, `there is no stack ${name} in ${connection.region}`, asking, async () => {
    const stack = await deletedStack(connection, name);
    const events = stack?.StackId === undefined ? [] : await allEvents(connection, stack.StackId);
    const moreLogGroups = functions.map((one) => `/aws/lambda/${name}-${one}`);
    // Resources that were retained on purpose may have been deleted since. Their tags show which still exist.
    return { kept: [], former: { ...formerOf(name, stack, events, events), moreLogGroups } };
  });
  asking.user.say(`There is no stack ${name} in ${connection.region}, and nothing is left of one.`);
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

interface Known {
  readonly former: FormerStack;
  /** Physical ids of resources that CloudFormation has retained on purpose. */
  readonly kept: readonly string[];
}

/** Rejects unless nothing remains. `state` is what is known about the stack itself. */
const report = async (connection: Connection, state: string, asking: Asking, learn: () => Promise<Known>): Promise<void> => {
  try {
    const { kept, former } = await learn();
    const leftovers = await findLeftovers(connection, former);
    const groups = await withoutDeleted(connection, leftovers.logGroups ?? [], asking);
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

/**
 * Deletes log groups if the user agrees. A last log line of a function can create its log group again. Returns those that remain.
 */
const withoutDeleted = async (
  connection: Connection,
  groups: readonly string[],
  { user, yes }: Asking,
): Promise<readonly string[]> => {
  if (groups.length === 0) return [];
  user.say(`Log groups that came back after the deletion:\n${indented(groups).join('\n')}`);
  return yes || (await agreed(user)) ? deleteLogGroups(connection, groups) : groups;
};

/** Returns true if the user agrees. Ctrl-C counts as no. */
const agreed = async (user: Pick<User, 'ask'>): Promise<boolean> => {
  try {
    const answer = await user.ask('Delete them? (yes/no) ');
    return answer !== undefined && isYes(answer);
  } catch (error) {
    if (isAbort(error)) return false;
    throw error;
  }
};

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
