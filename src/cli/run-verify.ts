import { open } from 'node:fs/promises';
import { judge } from '../conformance/checklist.ts';
import { invokeUrl, probe } from '../conformance/probe.ts';
import { groupsOf, type Run, runCases, titleOf } from '../conformance/runner.ts';
import { type Target, TargetError } from '../conformance/send.ts';
import { interruption } from './interruption.ts';
import { SilentFailure } from './run.ts';
import { authorizer } from './verify-authorization.ts';
import { isGood, verifyLines } from './verify-lines.ts';
import { endProgress, progress, tell } from './verify-progress.ts';

export interface VerifyOptions {
  readonly sigv4?: true;
  readonly region?: string;
  readonly bearer?: string;
  readonly apiKey?: string;
  readonly origin?: readonly string[];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly list?: true;
  readonly concurrency: number;
  readonly json?: string;
}

/** Runs the conformance suite on the API at a URL, and prints a report. Rejects unless all cases passed and no items remain. */
export const runVerify = async (text: string | undefined, options: VerifyOptions): Promise<void> => {
  const groups = groupsOf({ authorize: () => ({}) });
  checkSelection(groups, options);
  if (options.list) return list(groups, options.only);
  checkAuthorization(options);
  const url = invokeUrl(text ?? '');
  const there = new Set<string>();
  const signal = interruption(process, {
    leaving() {
      if (there.size > 0) tell(['left there, remove it yourself:', ...there].join('\n  '));
    },
  });
  const target = {
    ...(await targetOf(url, options, signal)),
    onItem: (path: string, state: 'created' | 'deleted') =>
      void (state === 'created' ? there.add(path) : there.delete(path)),
  };
  if (options.only?.includes('authorization') && !target.authorize) {
    throw new TargetError('--only authorization needs --sigv4, --bearer or --api-key: without them it cannot be tested');
  }
  await probe(target).catch((error: unknown) => {
    throw signal.aborted ? new SilentFailure(130) : error;
  });
  // Opened before the run, so that a fault of the file does not waste the run.
  const write = options.json === undefined ? undefined : await writer(options.json);
  signal.addEventListener('abort', () => {
    tell('interrupted: removing what was created; Ctrl-C again leaves it there');
  });
  const { concurrency, only, except } = options;
  const run = await runCases(target, { concurrency, ...(only && { only }), ...(except && { except }), ...progress() });
  await report(url, run, write);
  if (signal.aborted) throw new SilentFailure(130);
  if (!isGood(run)) throw new SilentFailure();
};

type Groups = ReturnType<typeof groupsOf>;

const checkSelection = (groups: Groups, { only = [], except = [] }: VerifyOptions): void => {
  for (const name of only) {
    if (name in groups) continue;
    throw new TargetError(`--only ${name}: there is no such group; there are ${Object.keys(groups).join(', ')}`);
  }
  for (const title of except) {
    if (Object.entries(groups).some(([group, members]) => members.some(({ name }) => titleOf({ group, name }) === title))) {
      continue;
    }
    throw new TargetError(`--except ${title}: there is no such case; --list prints them, and one is named as "group: name"`);
  }
};

const list = (groups: Groups, only: readonly string[] | undefined): void => {
  for (const [group, members] of Object.entries(groups)) {
    if (only && !only.includes(group)) continue;
    console.log([group, ...members.map(({ name }) => `  ${name}`)].join('\n'));
  }
};

const checkAuthorization = ({ sigv4, bearer, region }: VerifyOptions): void => {
  if (sigv4 && bearer !== undefined) {
    throw new TargetError(
      '--sigv4 and --bearer are both for the Authorization header: choose the one that the API requires',
    );
  }
  if (region !== undefined && !sigv4) {
    throw new TargetError('--region is what --sigv4 signs for: add --sigv4, or leave --region out');
  }
};

/** Milliseconds for which a throttled request is repeated. */
const patience = 30_000;

const targetOf = async (url: string, options: VerifyOptions, signal: AbortSignal): Promise<Target> => {
  const authorize = await authorizer(new URL(url), options);
  const [origin, ...otherOrigins] = options.origin ?? [];
  return { url, signal, patience, otherOrigins, ...(authorize && { authorize }), ...(origin !== undefined && { origin }) };
};

const report = async (url: string, run: Run, write?: (text: string) => Promise<void>): Promise<void> => {
  const checklist = judge(run);
  endProgress();
  for (const line of verifyLines(run, checklist)) console.log(line);
  if (write === undefined) return;
  const { verdicts: cases, items, duration } = run;
  const result = { url, passed: isGood(run), duration, checklist, cases, items };
  await write(`${JSON.stringify(result, undefined, 2)}\n`);
};

/** Opens a file for the result. Returns a function that writes it. */
const writer = async (file: string): Promise<(text: string) => Promise<void>> => {
  const fault = (error: Error): never => {
    throw new TargetError(`cannot write the result to ${file}: ${error.message}; name another file with --json`);
  };
  const handle = await open(file, 'w').catch(fault);
  return async (text) => {
    await handle.writeFile(text).catch(fault);
    await handle.close();
  };
};
