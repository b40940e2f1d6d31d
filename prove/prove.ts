import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release, type } from 'node:os';
import { dirname, join } from 'node:path';
import { commit } from '../bench/machine.ts';
import { interruption } from '../src/cli/interruption.ts';
import { ask, isTerminal } from '../src/cli/terminal.ts';
import { uninterrupted } from '../src/deploy/connection.ts';
import { type Connection, callerIdentity, connect, DeployError, describeStack } from '../src/deploy/index.ts';
import type { Arguments } from './arguments.ts';
import { type Emulator, loadEmulator } from './emulator.ts';
import { interruptItems } from './items.ts';
import { cleaningUp, proving } from './plan.ts';
import { preamble } from './preamble.ts';
import { Proof } from './proof.ts';
import { type Outcome, report } from './report.ts';
import { type Done, notRun, runSteps } from './steps.ts';
import { createWorkspace } from './workspace.ts';

/** Runs the proof and writes its report. Resolves with the exit code; rejects if nothing was begun. */
export const prove = async (args: Arguments): Promise<number> => {
  if (args.profile !== undefined) process.env.AWS_PROFILE = args.profile;
  if (!args.yes && !isTerminal())
    throw new DeployError('there is no terminal to ask on: give --yes to agree to what is done');
  const done: Done[] = [];
  let leaving = (): void => {};
  const signal = interruption(process, { leaving: () => leaving(), waiting });
  const connection = await connect(args.region, signal);
  const [caller, endpoint] = await Promise.all([
    callerIdentity(connection),
    connection.cloudFormation.config.serviceConfiguredEndpoint?.(),
  ]);
  const { account, arn } = caller;
  const { region } = connection;
  const emulator = args.emulator === undefined ? undefined : await loadEmulator(args.emulator);
  const workspace = createWorkspace(randomBytes(4).toString('hex'), region, (text) => emulator?.adapt(text) ?? text);
  const { stackName } = workspace;
  const proof = new Proof(connection, workspace, args, emulator);
  const steps = proving(proof);
  const lastSteps = cleaningUp(proof);
  const plan = { account, caller: arn, region, stackName, steps: [...steps, ...lastSteps] };
  for (const line of preamble({ ...plan, ...(endpoint && { endpoint }) })) console.log(line);
  const agreed = args.yes || (await isYes('Go on? (yes/no) ', signal).catch(() => false));
  if (!agreed) {
    workspace.remove();
    throw new DeployError('cancelled: nothing was created', { exitCode: signal.aborted ? 130 : 1 });
  }

  const facts = { ...(await versionsNow()), account, region, ...where(endpoint, emulator) };
  const write = (left: string | undefined): void => {
    const { observations, verifications } = proof;
    const all = [...done, ...plan.steps.slice(done.length).map(notRun)];
    mkdirSync(dirname(args.report), { recursive: true });
    const outcome: Outcome = { ...facts, steps: all, observations, verifications, ...(left !== undefined && { left }) };
    writeFileSync(args.report, report(outcome));
    console.log(`\nwrote ${args.report}`);
    if (left !== undefined) console.error(`left in the account: ${left}`);
  };
  const remedy = `the stack ${stackName} in ${region}, or a part of it; delete it with "cd ${workspace.directory} && node ${join(root, 'bin/items.mjs')} destroy ${workspace.environment}", or "aws cloudformation delete-stack --region ${region} --stack-name ${stackName}"`;
  leaving = () => {
    interruptItems();
    write(remedy);
  };

  const onDone = (one: Done): void => {
    done.push(one);
    if (one.outcome !== 'not run') console.log(`\n${one.outcome}: ${one.title}${one.remark ? `: ${one.remark}` : ''}`);
  };
  await runSteps(steps, signal, onDone);
  const isGood = done.every(({ outcome }) => outcome === 'passed');
  // The signal of the interruption is not used here: the stack is deleted after an interruption as well.
  if (isGood || (await agreesToDelete(args, uninterrupted(connection), stackName, signal))) {
    await runSteps(lastSteps, new AbortController().signal, onDone);
  }
  const isGone =
    done.length === plan.steps.length && done.slice(steps.length, -1).every(({ outcome }) => outcome === 'passed');
  write(isGone ? undefined : remedy);
  if (isGone) workspace.remove();
  await emulator?.stop();
  return signal.aborted
    ? 130
    : done.length === plan.steps.length && done.every(({ outcome }) => outcome === 'passed')
      ? 0
      : 1;
};

const waiting =
  'interrupted: this step ends before the stack is deleted; another Ctrl-C ends the command at once and prints what is left';

const root = join(import.meta.dirname, '..');

const where = (endpoint: string | undefined, emulator: Emulator | undefined): Pick<Outcome, 'endpoint' | 'emulator'> => ({
  ...(endpoint && { endpoint }),
  ...(emulator && { emulator: emulator.name }),
});

const versionsNow = async (): Promise<Pick<Outcome, 'date' | 'commit' | 'versions'>> => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: await commit(),
    versions: { 'Items API': version, 'Node.js': process.version, system: `${type()} ${release()}` },
  };
};

/** Asks after a failure, because the user may want to look at the stack first. Without an answer the stack is deleted. */
const agreesToDelete = async (
  { yes }: Arguments,
  connection: Connection,
  stackName: string,
  signal: AbortSignal,
): Promise<boolean> => {
  if (yes) return true;
  const stack = await describeStack(connection, stackName).catch(() => undefined);
  if (!stack) return true;
  // Ctrl-C counts as no. If it was the reason for this question, another Ctrl-C ends the command.
  const asking = signal.aborted ? connection.signal : signal;
  return isYes(`Delete ${stackName} now? (yes/no) `, asking, true).catch(() => false);
};

/** `whenEmpty` is the result for an empty answer. */
const isYes = async (question: string, signal: AbortSignal, whenEmpty = false): Promise<boolean> => {
  const answer = await ask(question, signal);
  return answer === '' ? whenEmpty : /^y(es)?$/i.test(answer);
};
