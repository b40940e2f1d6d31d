import type { Parameter, Stack } from '@aws-sdk/client-cloudformation';
import {
  askAccount,
  type ChangeSet,
  type Connection,
  changeSetNames,
  checkParameters,
  createChangeSet,
  type Decision,
  DeployError,
  decide,
  deployable,
  describeStack,
  discardChangeSet,
  discarded,
  executeChangeSet,
  explained,
  firstFailure,
  interrupted,
  interruptedUnchanged,
  isAbort,
  needsConsent,
  progressOf,
  readEnvironment,
  readTemplate,
  stackResources,
  type Template,
  waitingForAnswer,
} from '../deploy/index.ts';
import { ask, isTerminal } from './confirm.ts';
import { interruption } from './interruption.ts';
import { outputLines } from './output-lines.ts';
import { connectTo, nameOf } from './place.ts';
import { duration } from './progress-lines.ts';
import { SilentFailure } from './run.ts';
import { showChanges } from './show-changes.ts';
import { sourceOf } from './staging.ts';
import { watch } from './watch.ts';

export interface DeployOptions {
  readonly template?: string;
  readonly edition: 'typescript' | 'python';
  readonly parameter?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly bucket?: string;
  readonly roleArn?: string;
  readonly plan?: true;
  readonly yes?: true;
}

/** Settles when the stack is deployed; rejects with what the user can fix. */
export const runDeploy = async (name: string, options: DeployOptions): Promise<void> => {
  const signal = interruption(process, { waiting: waitingForAnswer });
  try {
    await deploy(name, options, signal);
  } catch (error) {
    throw isAbort(error) ? interruptedUnchanged() : explained(error);
  }
};

const deploy = async (name: string, options: DeployOptions, signal: AbortSignal): Promise<void> => {
  const environment = await readEnvironment(name);
  const { stackName, tags } = environment;
  const template = await readTemplate(options.template ?? editions[options.edition]);
  const given = { ...environment.parameters, ...options.parameter };
  checkParameters(template, given);
  const place = await connectTo(environment, options.region, signal);
  const { connection } = place;
  console.log(`${template.file} as the stack ${stackName} in ${nameOf(place)}`);
  const stack = await describeStack(connection, stackName);
  const type = await readyFor(connection, name, stackName, stack);
  const decisions = await decisionsOn(connection, template, given, stack);
  for (const { parameter, value, why } of decisions)
    console.log(`${parameter}${value === undefined ? '' : ` = ${value || 'empty'}`}: ${why}`);
  const parameters = parametersOf(template, given, decisions, stack);
  const source = await sourceOf(place, template, options.bucket ?? environment.bucket, options.yes);
  const { roleArn } = options;
  const optional = { ...(tags && { tags }), ...(roleArn !== undefined && { roleArn }) };
  const request = { stackName, type, template: source, parameters, ...optional };
  const changeSet = await createChangeSet(connection, request);
  if (changeSet.isEmpty) {
    await discardChangeSet(connection, changeSet);
    console.log(`\nNothing to change: ${stackName} is as ${template.file} and ${environment.file} say.\n`);
  } else if (options.plan) {
    showChanges(changeSet);
    await discardChangeSet(connection, changeSet);
    console.log('This was a plan: the stack is not changed. The same command without --plan deploys it.');
    throw new SilentFailure(2);
  } else {
    await consent(connection, changeSet, options);
    await execute(connection, name, stackName, changeSet);
  }
  await printOutputs(connection, stackName, changeSet.stackId);
};

const editions = { typescript: 'template.yaml', python: 'template.python.yaml' } as const;

/** The type of the change set that the stack can take now. */
const readyFor = async (
  connection: Connection,
  name: string,
  stackName: string,
  stack: Stack | undefined,
): Promise<'CREATE' | 'UPDATE'> => {
  const readiness = deployable(name, stackName, stack?.StackStatus);
  if ('refusal' in readiness) throw new DeployError(readiness.refusal);
  if (stack?.StackStatus === 'REVIEW_IN_PROGRESS') {
    const names = await changeSetNames(connection, stackName);
    if (names.length > 0) {
      const remedy = `execute it, or delete it with "aws cloudformation delete-stack --stack-name ${stackName}", and try again`;
      throw new DeployError(`the stack ${stackName} is empty and waits for the change set ${names.join(', ')}: ${remedy}`);
    }
  }
  return readiness.changeSetType;
};

const decisionsOn = async (
  connection: Connection,
  template: Template,
  given: Readonly<Record<string, string>>,
  stack: Stack | undefined,
): Promise<Decision[]> => {
  const [account, resources] = await Promise.all([
    askAccount(connection, template, given),
    stack?.StackId ? stackResources(connection, stack.StackId) : [],
  ]);
  const ownsLogRole = resources.some(({ ResourceType: type }) => type === 'AWS::ApiGateway::Account');
  return decide(template, given, account, ownsLogRole);
};

/** All of them, so that the environment alone says what is deployed, and not what was there before. */
const parametersOf = (
  template: Template,
  given: Readonly<Record<string, string>>,
  decisions: readonly Decision[],
  stack: Stack | undefined,
): Parameter[] => {
  const has = (name: string) => stack?.Parameters?.some(({ ParameterKey: key }) => key === name);
  return [...template.parameters].map(([name, { Default: standard }]) => {
    const decision = decisions.find(({ parameter }) => parameter === name);
    // The stack keeps its value if the account's value is not known.
    if (decision && decision.value === undefined && has(name)) return { ParameterKey: name, UsePreviousValue: true };
    return { ParameterKey: name, ParameterValue: given[name] ?? decision?.value ?? standard ?? '' };
  });
};

/** Shows the changes, and asks if anything is lost by them. The change set of a no is deleted. */
const consent = async (connection: Connection, changeSet: ChangeSet, { yes }: DeployOptions): Promise<void> => {
  try {
    showChanges(changeSet);
    if (changeSet.changes.some(needsConsent) && !yes) {
      if (!isTerminal()) {
        throw new DeployError(
          'resources would be replaced or removed, and there is no terminal to ask on: give --yes to agree',
        );
      }
      const answer = await ask('Replaced and removed resources lose their data. Go on? (yes/no) ', connection.signal);
      if (!/^y(es)?$/i.test(answer)) throw new DeployError('not agreed to: nothing was changed');
    }
  } catch (error) {
    throw await discarded(connection, changeSet, error);
  }
};

const execute = async (connection: Connection, name: string, stackName: string, changeSet: ChangeSet): Promise<void> => {
  const { stackId } = changeSet;
  const began = performance.now();
  const after = await executeChangeSet(connection, changeSet);
  const planned = new Set(changeSet.changes.map(({ logicalId }) => logicalId));
  const events = await watch(connection, { stackName, stackId, after, planned });
  const { ended } = progressOf(events, planned);
  if (ended === 'CREATE_COMPLETE' || ended === 'UPDATE_COMPLETE') {
    console.log(`\n${stackName} is deployed, in ${duration(performance.now() - began)}\n`);
    return;
  }
  const failure = firstFailure(events);
  const cause = failure
    ? `${failure.logicalId} (${failure.type}) failed: ${failure.reason}${failure.remedy}`
    : 'CloudFormation does not say what failed';
  const readiness = deployable(name, stackName, ended);
  const state =
    'refusal' in readiness
      ? readiness.refusal
      : `the stack ${stackName} is in the state ${ended}, as it was before the deployment`;
  throw new DeployError(`${cause}\n${state}`);
};

const printOutputs = async (connection: Connection, stackName: string, stackId: string): Promise<void> => {
  // An interruption now is none of the deployment.
  const deployedAlready = (error: unknown): never => {
    throw isAbort(error) ? interrupted(`interrupted; ${stackName} is deployed, only its outputs were not read`) : error;
  };
  const { Outputs: outputs = [] } = (await describeStack(connection, stackId).catch(deployedAlready)) ?? {};
  const lines = outputLines(outputs.map(({ OutputKey: key = '', OutputValue: value = '' }) => ({ key, value })));
  for (const line of lines) console.log(line);
};
