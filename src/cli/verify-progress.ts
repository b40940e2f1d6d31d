import type { Verdict } from '../conformance/runner.ts';

/** Shows the progress of a run on a terminal, as one line of standard error that is overwritten. */
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

/** Clears the progress line on a terminal. */
export const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write(clear);
};

/** Prints a text to standard error in place of the progress line. */
export const tell = (text: string): void => {
  process.stderr.write(`${process.stderr.isTTY ? clear : ''}${text}\n`);
};

/** Moves the cursor to the start of the line, and clears the line. */
const clear = '\r\u001b[K';
