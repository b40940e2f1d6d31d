import { type Context, createContext, Script } from 'node:vm';

/** Thrown by `bounded`. */
export class TimeExceeded extends Error {
  override readonly name = 'TimeExceeded';
}

/**
 * The result of `action`, which must be synchronous. If it takes more than `milliseconds`, it is interrupted wherever it is, also
 * within a regular expression, and TimeExceeded is thrown. A call takes about a millisecond by itself.
 */
export const bounded = <Result>(action: () => Result, milliseconds: number = boundedTime): Result => {
  let result: { readonly value: Result } | undefined;
  context ??= createContext({});
  context.action = () => {
    result = { value: action() };
  };
  try {
    script ??= new Script('action()');
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TimeExceeded(`takes more than ${milliseconds / 1000} s`, { cause: error });
  } finally {
    context.action = undefined;
  }
  return (result as { readonly value: Result }).value;
};

/** Milliseconds that regular expressions of a template may take. */
export const boundedTime = 1000;

let context: Context | undefined;
let script: Script | undefined;

/**
 * True if a regular expression surely takes few steps on a text of this length, so that it needs no bound. The steps are at most the
 * length to the power of the choices that it has: quantifiers and alternatives, none of which may stand in a repeated group.
 */
export const isQuick = (pattern: string, length: number): boolean =>
  (length + 2) ** (choicesOf(pattern) + (pattern.startsWith('^') ? 0 : 1)) <= quickSteps;

/** Some milliseconds. */
const quickSteps = 1_000_000;

const choicesOf = (pattern: string): number => {
  const known = choices.get(pattern);
  if (known !== undefined) return known;
  const counted = countChoices(pattern);
  if (choices.size >= maxKnown) choices.clear();
  choices.set(pattern, counted);
  return counted;
};

const choices = new Map<string, number>();
const maxKnown = 1000;

/** Infinite for a group with choices in it that is repeated, and for what refers to a group. */
const countChoices = (pattern: string): number => {
  // A class and an escape are one character. What is left has no brackets but those of groups.
  if (/\\[1-9k]/.test(pattern)) return Number.POSITIVE_INFINITY;
  const plain = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'x').replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '(');
  const open: number[] = [];
  let count = 0;
  /** Choices of the group that has just ended. */
  let lastGroup = 0;
  for (const [token] of plain.matchAll(/\(|\)|[*+?]\??|\{\d+(?:,\d*)?\}\??|\||./gs)) {
    if (token === '(') {
      open.push(count);
      count = 0;
    } else if (token === ')') {
      lastGroup = count;
      count += open.pop() ?? 0;
      continue;
    } else if (/^(?:[*+?]|\{\d)/.test(token)) {
      if (lastGroup > 0 && !/^\?/.test(token)) return Number.POSITIVE_INFINITY;
      if (!/^\{\d+\}/.test(token)) count += 1;
    } else if (token === '|') count += 1;
    lastGroup = 0;
  }
  return count;
};
