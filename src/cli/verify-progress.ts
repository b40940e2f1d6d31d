import type { Verdict } from '../conformance/runner.ts';

/** Shows the progress of a run on a terminal: one line of standard error, which the next one replaces. */
export const progress = (): { onVerdict?(verdict: Verdict): void } => {
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

/** Removes the line of progress, if there is a terminal that shows it. */
export const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write(clear);
};

/** Prints a text to standard error, in place of the line of progress. */
export const tell = (text: string): void => {
  process.stderr.write(`${process.stderr.isTTY ? clear : ''}${text}\n`);
};

/** To the beginning of the line, and nothing on it. */
const clear = '\r\u001b[K';
