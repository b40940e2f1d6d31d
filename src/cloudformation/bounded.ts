import { type Context, createContext, Script } from 'node:vm';

/** Thrown by `bounded` when its time is exceeded. */
export class TimeExceeded extends Error {
  override readonly name = 'TimeExceeded';
}

/**
 * Returns the result of `action`, which must be synchronous. Interrupts it after `milliseconds`, even within a regular
 * expression, and throws TimeExceeded. The overhead of a call is about a millisecond.
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
 * Returns true if a regular expression certainly takes few steps on a text of this length, so that it needs no bound. The number
 * of steps is at most the length to the power of the number of choices: quantifiers and alternatives. A repeated group must
 * contain no choices.
 */
export const isQuick = (pattern: string, length: number): boolean =>
  (length + 2) ** (choicesOf(pattern) + (pattern.startsWith('^') ? 0 : 1)) <= quickSteps;

/** Takes some milliseconds. */
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

/** Counts the choices of a pattern. Returns infinity for a repeated group that contains choices, and for a backreference. */
const countChoices = (pattern: string): number => {
  // A character class or an escape counts as one character. The remaining brackets are those of groups.
  if (/\\[1-9k]/.test(pattern)) return Number.POSITIVE_INFINITY;
  const plain = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'x').replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '(');
  const open: number[] = [];
  let count = 0;
  /** Number of choices in the group that has just ended. */
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
