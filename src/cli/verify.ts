import { open } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Run, Verdict } from '../conformance/runner.ts';
import type { Target } from '../conformance/send.ts';
import { TargetError } from '../conformance/send.ts';
import { region } from './arguments.ts';
import { interruption } from './interruption.ts';
import { SilentFailure } from './run.ts';

interface Options {
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

/** `items verify`: holds a deployed API against all that it promises. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description(
      'Holds the API at a URL against all that it promises, and prints that as a checklist. Sends some 1,500 requests and creates ' +
        'some 400 items, and removes these again, also after Ctrl-C. Other items are listed, but never changed.',
    )
    .argument('[url]', 'invoke URL with the stage, as in the output ApiInvokeUrl of the stack')
    .option('--sigv4', 'sign requests (AWS_IAM) with the credentials that the AWS CLI would use')
    .option('--region <name>', "region to sign for (default: the URL's, else AWS_REGION, else the profile's)", region)
    .option('--bearer <token>', 'ID token of a user of the Cognito user pool')
    .option('--api-key <key>', 'value of an API key, also beside --sigv4 or --bearer')
    .option('--origin <origin>', 'where AllowedOrigins is not *: one that it names; repeatable for the others', several)
    .option('--only <group>', 'run this group of cases only; repeatable', several)
    .option(
      '--except <case>',
      'leave this case out, as "group: name"; for endpoints that are not AWS and cannot answer it; repeatable',
      several,
    )
    .option('--list', 'print the groups and their cases, and run none')
    .option('--concurrency <number>', 'cases at once, but for those that run alone', count, 4)
    .option('--json <file>', 'write the result to this file, too, as JSON')
    .allowExcessArguments(false)
    .action(verify);

/** Milliseconds for which a throttled request is repeated. */
const patience = 30_000;

const verify = async (text: string | undefined, options: Options): Promise<void> => {
  const { groupsOf, runCases, titleOf } = await import('../conformance/runner.ts');
  const groups = groupsOf({ authorize: () => ({}) });
  for (const name of options.only ?? []) {
    if (name in groups) continue;
    throw new TargetError(`--only ${name}: there is no such group; there are ${Object.keys(groups).join(', ')}`);
  }
  for (const title of options.except ?? []) {
    if (Object.entries(groups).some(([group, members]) => members.some(({ name }) => titleOf({ group, name }) === title))) {
      continue;
    }
    throw new TargetError(`--except ${title}: there is no such case; --list prints them, and one is named as "group: name"`);
  }
  if (options.list) {
    for (const [group, members] of Object.entries(groups)) {
      if (options.only && !options.only.includes(group)) continue;
      console.log([group, ...members.map(({ name }) => `  ${name}`)].join('\n'));
    }
    return;
  }
  if (options.sigv4 && options.bearer !== undefined) {
    throw new TargetError(
      '--sigv4 and --bearer are both for the Authorization header: choose the one that the API asks for',
    );
  }
  if (options.region !== undefined && !options.sigv4) {
    throw new TargetError('--region is what --sigv4 signs for: add --sigv4, or leave --region out');
  }
  const { invokeUrl, probe } = await import('../conformance/probe.ts');
  const url = invokeUrl(text ?? '');
  const there = new Set<string>();
  const signal = interruption(process, {
    leaving() {
      if (there.size > 0) tell(['left there, remove it yourself:', ...there].join('\n  '));
    },
  });
  const target = {
    ...(await targetOf(url, options, signal)),
    onItem: (path: string, state: 'made' | 'gone') => void (state === 'made' ? there.add(path) : there.delete(path)),
  };
  if (options.only?.includes('authorization') && !target.authorize) {
    throw new TargetError('--only authorization needs --sigv4, --bearer or --api-key: without them it cannot be asked for');
  }
  await probe(target).catch((error: unknown) => {
    throw signal.aborted ? new SilentFailure(130) : error;
  });
  // Before the run, so that it is not for nothing.
  const write = options.json === undefined ? undefined : await writer(options.json);
  signal.addEventListener('abort', () => {
    tell('interrupted: removing what was created; Ctrl-C again leaves it there');
  });
  const { concurrency, only, except } = options;
  const run = await runCases(target, { concurrency, ...(only && { only }), ...(except && { except }), ...progress() });
  await report(url, run, write);
  const { isGood } = await import('./verify-lines.ts');
  if (signal.aborted) throw new SilentFailure(130);
  if (!isGood(run)) throw new SilentFailure();
};

const targetOf = async (url: string, options: Options, signal: AbortSignal): Promise<Target> => {
  const { authorizer } = await import('./authorize.ts');
  const authorize = await authorizer(new URL(url), options);
  const [origin, ...otherOrigins] = options.origin ?? [];
  return { url, signal, patience, otherOrigins, ...(authorize && { authorize }), ...(origin !== undefined && { origin }) };
};

/** On a terminal, how far it is, in a line that the next one replaces. */
const progress = (): { onVerdict?(verdict: Verdict): void } => {
  const { stderr } = process;
  if (!stderr.isTTY) return {};
  let done = 0;
  let failed = 0;
  return {
    onVerdict({ outcome, group, name }) {
      done += 1;
      if (outcome === 'failed') failed += 1;
      const line = `${done} cases, ${failed} failed: ${group}: ${name}`;
      stderr.write(`${clear}${line.slice(0, (stderr.columns || 80) - 1)}`);
    },
  };
};

/** In place of the line that says how far it is. */
const tell = (text: string): void => {
  process.stderr.write(`${process.stderr.isTTY ? clear : ''}${text}\n`);
};

/** To the beginning of the line, and nothing on it. */
const clear = '\r\u001b[K';

const report = async (url: string, run: Run, write?: (text: string) => Promise<void>): Promise<void> => {
  const [{ judge }, { isGood, verifyLines }] = await Promise.all([
    import('../conformance/checklist.ts'),
    import('./verify-lines.ts'),
  ]);
  const checklist = judge(run);
  if (process.stderr.isTTY) process.stderr.write(clear);
  for (const line of verifyLines(run, checklist)) console.log(line);
  if (write === undefined) return;
  const { verdicts: cases, items, duration } = run;
  const result = { url, passed: isGood(run), duration, checklist, cases, items };
  await write(`${JSON.stringify(result, undefined, 2)}\n`);
};

/** Opens a file now that is written later. */
const writer = async (file: string): Promise<(text: string) => Promise<void>> => {
  const refuse = (error: Error): never => {
    throw new TargetError(`cannot write the result to ${file}: ${error.message}; name another file with --json`);
  };
  const handle = await open(file, 'w').catch(refuse);
  return async (text) => {
    await handle.writeFile(text).catch(refuse);
    await handle.close();
  };
};

function several(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text];
}

function count(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 99.');
}
