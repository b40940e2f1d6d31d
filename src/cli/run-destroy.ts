import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import {
  beforeDeletion,
  type Connection,
  DeployError,
  deleteStack,
  describeStack,
  explained,
  failuresToDelete,
  interrupted,
  isAbort,
  latestEvent,
  progressOf,
  readEnvironment,
  stackResources,
  tablesOf,
  undeletable,
  waitingForAnswer,
  waitsForInterfaces,
  whereToLook,
} from '../deploy/index.ts';
import { typeLines } from './change-lines.ts';
import { ask, isTerminal, terminalWidth } from './confirm.ts';
import { interruption } from './interruption.ts';
import { connectTo, nameOf, type Place } from './place.ts';
import { duration } from './progress-lines.ts';
import { reportFormerLeftovers, reportLeftovers } from './report-leftovers.ts';
import { reportBucket } from './staging.ts';
import { watch } from './watch.ts';

export interface DestroyOptions {
  readonly region?: string;
  readonly roleArn?: string;
  readonly removeBucket?: true;
  readonly yes?: true;
}

/** Settles when the stack is gone and nothing is left; rejects with what the user can fix. */
export const runDestroy = async (name: string, options: DestroyOptions): Promise<void> => {
  const signal = interruption(process, { waiting: waitingForAnswer });
  try {
    await destroy(name, options, signal);
  } catch (error) {
    throw isAbort(error) ? interrupted('interrupted; nothing was deleted') : explained(error);
  }
};

const destroy = async (name: string, options: DestroyOptions, signal: AbortSignal): Promise<void> => {
  const environment = await readEnvironment(name);
  const { stackName, bucket } = environment;
  if (options.removeBucket && bucket !== undefined) {
    const whose = `${environment.file} names the bucket ${bucket}, which is not ours to delete`;
    throw new DeployError(`${whose}: leave out --remove-bucket`);
  }
  const place = await connectTo(environment, options.region, signal);
  const { connection } = place;
  const stack = await describeStack(connection, stackName);
  if (stack) {
    const resources = await deleteStackOf(place, stack, options);
    await reportLeftovers(connection, stack, resources, options.yes);
  } else {
    await reportFormerLeftovers(connection, stackName, options.yes);
  }
  if (bucket === undefined) await reportBucket(place, options.removeBucket);
};

/** Deletes a stack with the user's consent, and gives the resources that it had. */
const deleteStackOf = async (
  place: Place,
  stack: Stack,
  options: DestroyOptions,
): Promise<readonly StackResourceSummary[]> => {
  const { StackName: stackName = '', StackId: stackId = stackName, StackStatus: status = '' } = stack;
  const { connection } = place;
  const isUnderWay = status === 'DELETE_IN_PROGRESS';
  try {
    const resources = await stackResources(connection, stackId);
    const refusal = undeletable(stackName, status);
    if (refusal !== undefined) throw new DeployError(refusal);
    await show(place, stack, resources);
    if (isUnderWay) console.log('It is being deleted already.');
    else await consent(stackName, options, connection.signal);
    await deleteAndWatch(connection, stack, resources, options.roleArn);
    return resources;
  } catch (error) {
    if (!isAbort(error) || !isUnderWay) throw error;
    throw interrupted(`interrupted; CloudFormation goes on with ${stackName}: ${whereToLook(connection.region, stackId)}`);
  }
};

/** Prints what goes, and refuses if it is protected. */
const show = async (place: Place, stack: Stack, resources: readonly StackResourceSummary[]): Promise<void> => {
  const { connection } = place;
  const { StackName: stackName = '', EnableTerminationProtection: isProtected } = stack;
  const tables = await tablesOf(connection, resources);
  const named = resources.map(({ LogicalResourceId, ResourceType }) => ({
    logicalId: LogicalResourceId ?? '?',
    type: ResourceType ?? '?',
  }));
  const many = resources.length === 1 ? '1 resource' : `${resources.length || 'no'} resources`;
  console.log(`The stack ${stackName} in ${nameOf(place)} will be deleted, with ${many}${named.length > 0 ? ':' : '.'}`);
  for (const line of typeLines(named, terminalWidth())) console.log(line);
  for (const { name, itemCount } of tables) {
    const count =
      itemCount === undefined ? 'all its items' : `${itemCount} items, as DynamoDB counted them within the last six hours`;
    console.log(`The table ${name} will be deleted, with ${count}.`);
  }
  if (resources.some(({ ResourceType: type }) => type === 'AWS::ApiGateway::Account')) {
    for (const line of ownsLogRole(connection.region)) console.log(line);
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

/** AWS::ApiGateway::Account is one setting for account and region; without a role that exists, no stage there can log. */
const ownsLogRole = (region: string): readonly string[] => [
  `The stack owns the role that API Gateway logs with in ${region}. Deleting it stops the logging of every API of this account there.`,
  'To avoid that, set a role that stays with "aws apigateway update-account --patch-operations',
  'op=replace,path=/cloudwatchRoleArn,value=ROLE_ARN", and deploy with --parameter ManageApiGatewayAccount=false first.',
];

const consent = async (stackName: string, { yes }: DestroyOptions, signal: AbortSignal): Promise<void> => {
  if (yes) return;
  if (!isTerminal()) throw new DeployError('there is no terminal to ask on: give --yes to delete the stack');
  const answer = await ask(`\nType the name of the stack to delete it: `, signal);
  if (answer !== stackName) throw new DeployError(`"${answer}" is not ${stackName}: nothing was deleted`);
};

const deleteAndWatch = async (
  connection: Connection,
  { StackName: stackName = '', StackId: stackId = stackName, StackStatus: status }: Stack,
  resources: readonly StackResourceSummary[],
  roleArn: string | undefined,
): Promise<void> => {
  console.log('');
  const began = performance.now();
  const isUnderWay = status === 'DELETE_IN_PROGRESS';
  const planned = new Set(resources.map(({ LogicalResourceId: id }) => id ?? '?'));
  const after = await (isUnderWay ? beforeDeletion : latestEvent)(connection, stackId);
  if (!isUnderWay) await deleteStack(connection, stackId, roleArn);
  const remark = ({ inWork }: { inWork: Parameters<typeof waitsForInterfaces>[0] }, now: Date) =>
    waitsForInterfaces(inWork, now)
      ? 'Lambda can take 20 to 40 minutes to delete its network interfaces. CloudFormation waits for them.'
      : undefined;
  const events = await watch(connection, { stackName, stackId, after, planned, remark });
  if (progressOf(events, planned).ended === 'DELETE_COMPLETE') {
    console.log(`${stackName} is deleted, in ${duration(performance.now() - began)}`);
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
