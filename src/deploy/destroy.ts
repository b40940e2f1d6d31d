import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { explained } from './aws-errors.ts';
import type { Connection } from './connection.ts';
import { deleteStack, waitsForInterfaces } from './deletion.ts';
import { readEnvironment } from './environment.ts';
import { DeployError, interrupted, isAbort } from './errors.ts';
import { failuresToDelete } from './failure.ts';
import { beforeDeletion, latestEvent } from './follow.ts';
import { whereToLook } from './outcome.ts';
import { connectTo, nameOf, type Place } from './place.ts';
import { duration, type Progress } from './progress.ts';
import { reportFormerLeftovers, reportLeftovers } from './report-leftovers.ts';
import { describeStack, stackResources } from './stack.ts';
import { reportBucket } from './staging.ts';
import { undeletable } from './states.ts';
import { tablesOf } from './tables.ts';
import type { User } from './user.ts';
import { watch } from './watch.ts';

export interface DestroyRequest {
  /** Name of a file in environments/, without its extension. */
  readonly environment: string;
  /** Region. Takes precedence over that of the environment. */
  readonly region?: string;
  /** Service role that CloudFormation uses. */
  readonly roleArn?: string;
  /** Also deletes the bucket of templates. */
  readonly removeBucket?: boolean;
  /** Asks no questions: the user has already agreed. */
  readonly yes?: boolean;
  /** Names of the functions of our stacks without the stack name as their prefix, such as GetItem. */
  readonly functions: readonly string[];
}

/**
 * Deletes the stack of an environment with the user's consent. Resolves when nothing of it remains. Rejects with a DeployError
 * for an error that the user can fix.
 */
export const destroyStack = async (request: DestroyRequest, user: User): Promise<void> => {
  try {
    await destroy(request, user);
  } catch (error) {
    throw isAbort(error) ? interrupted('interrupted; nothing was deleted') : explained(error);
  }
};

const destroy = async (request: DestroyRequest, user: User): Promise<void> => {
  const { region, removeBucket, yes, functions } = request;
  const environment = await readEnvironment(request.environment);
  const { stackName, bucket } = environment;
  if (removeBucket && bucket !== undefined) {
    const whose = `${environment.file} names the bucket ${bucket}, which this tool did not create and does not delete`;
    throw new DeployError(`${whose}: leave out --remove-bucket`);
  }
  const place = await connectTo(environment, region, user.signal);
  const { connection } = place;
  const stack = await describeStack(connection, stackName);
  if (stack) {
    const resources = await deleteStackOf(place, stack, request, user);
    await reportLeftovers(connection, stack, resources, { user, yes });
  } else {
    await reportFormerLeftovers(connection, stackName, functions, { user, yes });
  }
  if (bucket === undefined) await reportBucket(place, removeBucket, user);
};

/** Deletes a stack with the user's consent. Returns the resources that it had. */
const deleteStackOf = async (
  place: Place,
  stack: Stack,
  { roleArn, yes }: DestroyRequest,
  user: User,
): Promise<readonly StackResourceSummary[]> => {
  const { StackName: stackName = '', StackId: stackId = stackName, StackStatus: status = '' } = stack;
  const { connection } = place;
  const isUnderWay = status === 'DELETE_IN_PROGRESS';
  try {
    const resources = await stackResources(connection, stackId);
    const reason = undeletable(stackName, status);
    if (reason !== undefined) throw new DeployError(reason);
    await show(place, stack, resources, user);
    if (isUnderWay) user.say('It is being deleted already.');
    else await consent(stackName, yes, user);
    await deleteAndWatch(connection, stack, resources, roleArn, user);
    return resources;
  } catch (error) {
    if (!isAbort(error) || !isUnderWay) throw error;
    throw interrupted(`interrupted; CloudFormation continues with ${stackName}: ${whereToLook(connection.region, stackId)}`);
  }
};

/** Shows what will be deleted. Rejects if the stack or a table is protected. */
const show = async (place: Place, stack: Stack, resources: readonly StackResourceSummary[], user: User): Promise<void> => {
  const { connection } = place;
  const { StackName: stackName = '', EnableTerminationProtection: isProtected } = stack;
  const tables = await tablesOf(connection, resources);
  const named = resources.map(({ LogicalResourceId, ResourceType }) => ({
    logicalId: LogicalResourceId ?? '?',
    type: ResourceType ?? '?',
  }));
  const many = resources.length === 1 ? '1 resource' : `${resources.length || 'no'} resources`;
  user.say(`The stack ${stackName} in ${nameOf(place)} will be deleted, with ${many}${named.length > 0 ? ':' : '.'}`);
  user.showResources(named);
  for (const { name, itemCount } of tables) {
    const count =
      itemCount === undefined ? 'all its items' : `${itemCount} items, as DynamoDB counted them within the last six hours`;
    user.say(`The table ${name} will be deleted, with ${count}.`);
  }
  if (resources.some(({ ResourceType: type }) => type === 'AWS::ApiGateway::Account')) {
    for (const line of ownsLogRole(connection.region)) user.say(line);
  }
  if (isProtected) {
    const remedy = `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName}`;
    throw new DeployError(
      `the stack ${stackName} is protected from being deleted: lift that with "${remedy}", and try again`,
    );
  }
  const table = tables.find((one) => one.isProtected);
  if (table) {
    const remedy = 'deploy with DeletionProtection "false" first, for example with --parameter DeletionProtection=false';
    throw new DeployError(`the table ${table.name} is protected from being deleted: ${remedy}`);
  }
};

/**
 * Returns the lines of a warning. AWS::ApiGateway::Account is one setting for each account and region. Without an existing role,
 * no stage there can log.
 */
const ownsLogRole = (region: string): readonly string[] => [
  `The stack owns the role that API Gateway logs with in ${region}. Deleting it stops the logging of every API of this account there.`,
  'To avoid that, set a role that stays with "aws apigateway update-account --patch-operations',
  'op=replace,path=/cloudwatchRoleArn,value=ROLE_ARN", and deploy with --parameter ManageApiGatewayAccount=false first.',
];

const consent = async (stackName: string, yes: boolean | undefined, user: User): Promise<void> => {
  if (yes) return;
  const answer = await user.ask(`\nType the name of the stack to delete it: `);
  if (answer === undefined) throw new DeployError('there is no terminal to ask on: give --yes to delete the stack');
  if (answer !== stackName) throw new DeployError(`"${answer}" is not ${stackName}: nothing was deleted`);
};

const deleteAndWatch = async (
  connection: Connection,
  { StackName: stackName = '', StackId: stackId = stackName, StackStatus: status }: Stack,
  resources: readonly StackResourceSummary[],
  roleArn: string | undefined,
  user: User,
): Promise<void> => {
  user.say('');
  const began = performance.now();
  const isUnderWay = status === 'DELETE_IN_PROGRESS';
  const planned = new Set(resources.map(({ LogicalResourceId: id }) => id ?? '?'));
  const after = await (isUnderWay ? beforeDeletion : latestEvent)(connection, stackId);
  if (!isUnderWay) await deleteStack(connection, stackId, roleArn);
  const remark = ({ inWork }: Progress, now: Date) =>
    waitsForInterfaces(inWork, now)
      ? 'Lambda can take 20 to 40 minutes to delete its network interfaces. CloudFormation waits for them.'
      : undefined;
  const { events, ended } = await watch(connection, { stackName, stackId, after, planned, remark }, user);
  if (ended === 'DELETE_COMPLETE') {
    user.say(`${stackName} is deleted, in ${duration(performance.now() - began)}`);
    return;
  }
  const failures = failuresToDelete(events).map(
    ({ logicalId, type, reason, remedy }) => `${logicalId} (${type}) could not be deleted: ${reason}${remedy}`,
  );
  throw new DeployError(
    [...failures, `the stack ${stackName} is in the state DELETE_FAILED: fix that, and run the same command again`].join(
      '\n',
    ),
  );
};
