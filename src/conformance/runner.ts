import { AssertionError } from 'node:assert';
import type { Case } from './case.ts';
import { authorization } from './cases/authorization.ts';
import { callers } from './cases/callers.ts';
import { cases } from './index.ts';
import type { Removal } from './item-tracker.ts';
import { runCase } from './run-case.ts';
import { schedule } from './schedule.ts';
import { type RequestOutcome, reasonOf, type Target, withoutSecrets } from './send.ts';

/** Result of a case. */
export interface Verdict {
  readonly group: string;
  readonly name: string;
  /** `left out` for a case in `except`; `not run` for an interrupted case. */
  readonly outcome: 'passed' | 'failed' | 'not run' | 'left out';
  /** Reason of the failure, in a few lines. */
  readonly failure?: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Result of a run. */
export interface Run {
  readonly verdicts: readonly Verdict[];
  readonly items: Removal;
  readonly responses: readonly RequestOutcome[];
  /** Milliseconds. */
  readonly duration: number;
}

export interface RunOptions {
  /** The suite. By default that of the target. */
  readonly groups?: Readonly<Record<string, readonly Case[]>>;
  /** Groups to run. By default all. */
  readonly only?: readonly string[];
  /** Cases to leave out, by title (see `titleOf`). */
  readonly except?: readonly string[];
  /** Maximum number of parallel cases, except those that run alone. */
  readonly concurrency?: number;
  /** Called with each case that has ended and been cleaned up. */
  onVerdict?(verdict: Verdict): void;
}

/**
 * Returns the groups of a target's suite. The authorization cases need a target that authorizes its requests; the cases about
 * callers need a second caller.
 */
export const groupsOf = ({
  authorize,
  authorizeOther,
}: Pick<Target, 'authorize' | 'authorizeOther'>): Readonly<Record<string, readonly Case[]>> => ({
  ...cases,
  ...(authorize && { authorization }),
  ...(authorizeOther && { callers }),
});

/** Returns the unique title of a case: group and name. */
export const titleOf = ({ group, name }: Pick<Verdict, 'group' | 'name'>): string => `${group}: ${name}`;

/**
 * Runs the suite on a target. Deletes the items of each case as soon as it ends, even if it fails. Cases that run alone come
 * last; the verdicts are in the order of the suite. After the target's signal is aborted, no case begins, and running cases end
 * at their next request and count as not run.
 */
export const runCases = async (target: Target, options: RunOptions = {}): Promise<Run> => {
  const { groups = groupsOf(target), only, except = [], concurrency = 4, onVerdict } = options;
  const begin = performance.now();
  const responses: RequestOutcome[] = [];
  const removals: Removal[] = [];
  const chosen = Object.entries(groups).filter(([group]) => only === undefined || only.includes(group));
  const entries = chosen.flatMap(([group, members]) => members.map((member) => ({ ...member, group })));

  const judge = async (entry: (typeof entries)[number]): Promise<Verdict> => {
    const { group, name } = entry;
    if (except.includes(titleOf(entry))) return { group, name, outcome: 'left out', duration: 0 };
    if (target.signal?.aborted) return { group, name, outcome: 'not run', duration: 0 };
    let last: RequestOutcome | undefined;
    const onResponse = (response: RequestOutcome): void => {
      last = response;
      responses.push(response);
      target.onResponse?.(response);
    };
    const { error, interrupted, duration, items } = await runCase({ ...target, onResponse }, entry);
    removals.push(items);
    const verdict = { group, name, duration };
    if (error === undefined) return { ...verdict, outcome: 'passed' };
    if (interrupted) return { ...verdict, outcome: 'not run' };
    return { ...verdict, outcome: 'failed', failure: describe(error, last) };
  };

  const verdicts = await schedule(entries, concurrency, async (entry) => {
    const verdict = await judge(entry);
    onVerdict?.(verdict);
    return verdict;
  });
  return { verdicts, responses, items: sum(removals), duration: performance.now() - begin };
};

const sum = (removals: readonly Removal[]): Removal => ({
  created: removals.reduce((total, { created }) => total + created, 0),
  deleted: removals.reduce((total, { deleted }) => total + deleted, 0),
  removed: removals.reduce((total, { removed }) => total + removed, 0),
  remaining: removals.flatMap(({ remaining }) => remaining),
});

/** Describes the expected and the actual value, and the last response, which the failure is usually about. */
const describe = (error: unknown, last: RequestOutcome | undefined): string => {
  const lines = [];
  if (error instanceof AssertionError) {
    if (isPlain(error.expected) && isPlain(error.actual) && error.operator === 'strictEqual') {
      lines.push(`expected ${error.expected}, got ${error.actual}`);
      if (!error.generatedMessage) lines.push(error.message);
    } else lines.push(...error.message.split('\n').filter(Boolean).slice(0, 8));
  } else lines.push(reasonOf(error));
  if (last) lines.push(`the last response: ${last.method} ${last.path}: ${last.status} ${last.text}`);
  return lines.map(withoutSecrets).map(short).join('\n');
};

const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null;

const short = (line: string): string => (line.length > 240 ? `${line.slice(0, 240)}…` : line);
