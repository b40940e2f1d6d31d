import { AssertionError } from 'node:assert';
import { openApi } from './api.ts';
import type { Case } from './case.ts';
import { authorization } from './cases/authorization.ts';
import { cases } from './index.ts';
import { type Removal, reasonOf } from './made.ts';
import { type Answered, type Target, withoutSecrets } from './send.ts';

/** What came of a case. */
export interface Verdict {
  readonly group: string;
  readonly name: string;
  /** A case that was left out was asked not to be run; one that was not run was interrupted. */
  readonly outcome: 'passed' | 'failed' | 'not run' | 'left out';
  /** Why it failed, in a few lines. */
  readonly failure?: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** What came of a run. */
export interface Run {
  readonly verdicts: readonly Verdict[];
  readonly items: Removal;
  readonly answers: readonly Answered[];
  /** Milliseconds. */
  readonly duration: number;
}

export interface RunOptions {
  /** Groups to run, all unless told otherwise. */
  readonly only?: readonly string[];
  /** Cases to leave out, as `titleOf` writes them. */
  readonly except?: readonly string[];
  /** Cases at once. */
  readonly concurrency?: number;
  /** Told each case that has ended and is cleaned up after. */
  onVerdict?(verdict: Verdict): void;
}

/** The groups of a target's suite. Whether callers must say who they are is asked only where a target says who it is. */
export const groupsOf = ({ authorize }: Pick<Target, 'authorize'>): Readonly<Record<string, readonly Case[]>> => ({
  ...cases,
  ...(authorize && { authorization }),
});

/** A case by group and name, which no other has. */
export const titleOf = ({ group, name }: Pick<Verdict, 'group' | 'name'>): string => `${group}: ${name}`;

/**
 * Runs the suite on a target, and removes what each case made as soon as it ends, however it ends. When the target's signal
 * aborts, no case begins, and those that run end at their next request: they count as not run.
 */
export const runCases = async (target: Target, options: RunOptions = {}): Promise<Run> => {
  const { only, except = [], concurrency = 4, onVerdict } = options;
  const begin = performance.now();
  const answers: Answered[] = [];
  const removals: Removal[] = [];
  const chosen = Object.entries(groupsOf(target)).filter(([group]) => only === undefined || only.includes(group));
  const queue = chosen.flatMap(([group, members]) => members.map((member) => ({ group, member })));

  const runCase = async (group: string, { name, run }: Case): Promise<Verdict> => {
    const began = performance.now();
    const verdict = (outcome: Verdict['outcome'], failure?: string): Verdict => {
      return { group, name, outcome, duration: performance.now() - began, ...(failure !== undefined && { failure }) };
    };
    if (except.includes(titleOf({ group, name }))) return verdict('left out');
    if (target.signal?.aborted) return verdict('not run');
    let last: Answered | undefined;
    const onAnswer = (answer: Answered): void => {
      last = answer;
      answers.push(answer);
      target.onAnswer?.(answer);
    };
    const api = openApi({ ...target, onAnswer });
    try {
      await run(api);
      return verdict('passed');
    } catch (error) {
      if (target.signal?.aborted) return verdict('not run');
      return verdict('failed', describe(error, last));
    } finally {
      removals.push(await api.cleanUp());
    }
  };

  const verdicts: Verdict[] = Array(queue.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < queue.length; index = next++) {
      const { group, member } = queue[index] as (typeof queue)[number];
      const verdict = await runCase(group, member);
      verdicts[index] = verdict;
      onVerdict?.(verdict);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { verdicts, answers, items: sum(removals), duration: performance.now() - begin };
};

const sum = (removals: readonly Removal[]): Removal => ({
  made: removals.reduce((total, { made }) => total + made, 0),
  deleted: removals.reduce((total, { deleted }) => total + deleted, 0),
  removed: removals.reduce((total, { removed }) => total + removed, 0),
  left: removals.flatMap(({ left }) => left),
});

/** What was expected, what came, and the last answer, which is mostly the one that it is about. */
const describe = (error: unknown, last: Answered | undefined): string => {
  const lines = [];
  if (error instanceof AssertionError) {
    if (isPlain(error.expected) && isPlain(error.actual) && error.operator === 'strictEqual') {
      lines.push(`expected ${error.expected}, got ${error.actual}`);
      if (!error.generatedMessage) lines.push(error.message);
    } else lines.push(...error.message.split('\n').filter(Boolean).slice(0, 8));
  } else lines.push(reasonOf(error));
  if (last) lines.push(`the last answer: ${last.method} ${last.path}: ${last.status} ${last.text}`);
  return lines.map(withoutSecrets).map(short).join('\n');
};

const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null;

const short = (line: string): string => (line.length > 240 ? `${line.slice(0, 240)}…` : line);
