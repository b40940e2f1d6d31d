import type { Stack } from '@aws-sdk/client-cloudformation';
import { type AccountDefault, accountDefaults, readAccount } from './account.ts';
import { explained } from './aws-errors.ts';
import { type ChangeSet, changeSetNames, createChangeSet, discardAfter, discardChangeSet } from './change-set.ts';
import { needsConsent, type PlannedChange, unservedWarning } from './changes.ts';
import type { Connection } from './connection.ts';
import { readEnvironment } from './environment.ts';
import { DeployError, interrupted, interruptedUnchanged, isAbort } from './errors.ts';
import { executeChangeSet } from './execute.ts';
import { firstFailure } from './failure.ts';
import { checkParameters, parametersOf } from './parameters.ts';
import { connectTo, nameOf } from './place.ts';
import { duration } from './progress.ts';
import { describeStack, stackResources } from './stack.ts';
import { stageTemplate } from './staging.ts';
import { deployable } from './states.ts';
import { readTemplate, type Template } from './template.ts';
import { isYes, type User } from './user.ts';
import { watch } from './watch.ts';

export interface DeployRequest {
  /** Name of a file in environments/, without its extension. */
  readonly environment: string;
  /** File of the template. */
  readonly template: string;
  /** Values of parameters. They take precedence over those of the environment. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Region. Takes precedence over that of the environment. */
  readonly region?: string;
  /** Bucket for a large template. Takes precedence over that of the environment. */
  readonly bucket?: string;
  /** Service role that CloudFormation uses. */
  readonly roleArn?: string;
  /** Shows the changes without executing them. */
  readonly plan?: boolean;
  /** Asks no questions: the user has already agreed. */
  readonly yes?: boolean;
}

/** Result of a deployment: changes were only planned, or the outputs of a stack that is up to date. */
export type Deployment =
  | { readonly outcome: 'planned' }
  | { readonly outcome: 'deployed' | 'unchanged'; readonly outputs: readonly Output[] };

export interface Output {
  readonly key: string;
  readonly value: string;
}

/**
 * Creates or updates the stack of an environment. Shows the changes, asks for consent before resources are replaced or removed,
 * and follows the operation to its end. Rejects with a DeployError for an error that the user can fix.
 */
export const deployStack = async (request: DeployRequest, user: User): Promise<Deployment> => {
  try {
    return await deploy(request, user);
  } catch (error) {
    throw isAbort(error) ? interruptedUnchanged() : explained(error);
  }
};

const deploy = async (request: DeployRequest, user: User): Promise<Deployment> => {
  const { environment: name, roleArn } = request;
  const environment = await readEnvironment(name);
  const { stackName, tags } = environment;
  const template = await readTemplate(request.template);
  const given = { ...environment.parameters, ...request.parameters };
  checkParameters(template, given);
  const place = await connectTo(environment, request.region, user.signal);
  const { connection } = place;
  user.say(`${template.file} as the stack ${stackName} in ${nameOf(place)}`);
  const stack = await describeStack(connection, stackName);
  const type = await readyFor(connection, name, stackName, stack);
  const defaults = await defaultsOf(connection, template, given, stack);
  for (const { parameter, value, why } of defaults)
    user.say(`${parameter}${value === undefined ? '' : ` = ${value || 'empty'}`}: ${why}`);
  const parameters = parametersOf(template, given, defaults, stack);
  const bucket = request.bucket ?? environment.bucket;
  const source = await stageTemplate(place, template, { bucket, yes: request.yes }, user);
  const optional = { ...(tags && { tags }), ...(roleArn !== undefined && { roleArn }) };
  const changeSet = await createChangeSet(connection, { stackName, type, template: source, parameters, ...optional });
  if (changeSet.isEmpty) {
    await discardChangeSet(connection, changeSet);
    user.say(`\nNothing to change: ${stackName} is as ${template.file} and ${environment.file} say.\n`);
    return { outcome: 'unchanged', outputs: await outputsOf(connection, stackName, changeSet.stackId) };
  }
  if (request.plan) {
    show(changeSet.changes, user);
    await discardChangeSet(connection, changeSet);
    return { outcome: 'planned' };
  }
  await consent(connection, changeSet, request.yes, user);
  await execute(connection, name, stackName, changeSet, user);
  return { outcome: 'deployed', outputs: await outputsOf(connection, stackName, changeSet.stackId) };
};

/** Returns the type of change set for the current state of the stack. Rejects with a DeployError if the state allows none. */
const readyFor = async (
  connection: Connection,
  name: string,
  stackName: string,
  stack: Stack | undefined,
): Promise<'CREATE' | 'UPDATE'> => {
  const readiness = deployable(name, stackName, stack?.StackStatus);
  if ('reason' in readiness) throw new DeployError(readiness.reason);
  if (stack?.StackStatus === 'REVIEW_IN_PROGRESS') {
    const names = await changeSetNames(connection, stackName);
    if (names.length > 0) {
      const remedy = `execute it, or delete it with "aws cloudformation delete-stack --stack-name ${stackName}", and try again`;
      throw new DeployError(`the stack ${stackName} is empty and waits for the change set ${names.join(', ')}: ${remedy}`);
    }
  }
  return readiness.changeSetType;
};

const defaultsOf = async (
  connection: Connection,
  template: Template,
  given: Readonly<Record<string, string>>,
  stack: Stack | undefined,
): Promise<AccountDefault[]> => {
  const [account, resources] = await Promise.all([
    readAccount(connection, template, given),
    stack?.StackId ? stackResources(connection, stack.StackId) : [],
  ]);
  const ownsLogRole = resources.some(({ ResourceType: type }) => type === 'AWS::ApiGateway::Account');
  return accountDefaults(template, given, account, ownsLogRole);
};

const show = (changes: readonly PlannedChange[], user: User): void => {
  user.showChanges(changes);
  const warning = unservedWarning(changes);
  if (warning !== undefined) user.say(`${warning}\n`);
};

/** Shows the changes, and asks for consent if data would be lost. Without consent, the change set is deleted. */
const consent = async (
  connection: Connection,
  changeSet: ChangeSet,
  yes: boolean | undefined,
  user: User,
): Promise<void> => {
  try {
    show(changeSet.changes, user);
    if (changeSet.changes.some(needsConsent) && !yes) {
      const answer = await user.ask('Replaced and removed resources lose their data. Go on? (yes/no) ');
      if (answer === undefined) {
        throw new DeployError(
          'resources would be replaced or removed, and there is no terminal to ask on: give --yes to agree',
        );
      }
      if (!isYes(answer)) throw new DeployError('cancelled: nothing was changed');
    }
  } catch (error) {
    throw await discardAfter(connection, changeSet, error);
  }
};

const execute = async (
  connection: Connection,
  name: string,
  stackName: string,
  changeSet: ChangeSet,
  user: User,
): Promise<void> => {
  const { stackId } = changeSet;
  const began = performance.now();
  const after = await executeChangeSet(connection, changeSet);
  const planned = new Set(changeSet.changes.map(({ logicalId }) => logicalId));
  const { events, ended } = await watch(connection, { stackName, stackId, after, planned }, user);
  if (ended === 'CREATE_COMPLETE' || ended === 'UPDATE_COMPLETE') {
    user.say(`\n${stackName} is deployed, in ${duration(performance.now() - began)}\n`);
    return;
  }
  const failure = firstFailure(events);
  const cause = failure
    ? `${failure.logicalId} (${failure.type}) failed: ${failure.reason}${failure.remedy}`
    : 'CloudFormation does not say what failed';
  const readiness = deployable(name, stackName, ended);
  const state =
    'reason' in readiness
      ? readiness.reason
      : `the stack ${stackName} is in the state ${ended}, as it was before the deployment`;
  throw new DeployError(`${cause}\n${state}`);
};

const outputsOf = async (connection: Connection, stackName: string, stackId: string): Promise<Output[]> => {
  // The deployment has ended, so an interruption no longer affects it.
  const deployedAlready = (error: unknown): never => {
    throw isAbort(error) ? interrupted(`interrupted; ${stackName} is deployed, only its outputs were not read`) : error;
  };
  const { Outputs: outputs = [] } = (await describeStack(connection, stackId).catch(deployedAlready)) ?? {};
  return outputs.map(({ OutputKey: key = '', OutputValue: value = '' }) => ({ key, value }));
};
