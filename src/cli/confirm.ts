import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** True if there is somebody to ask. */
export const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Columns that lists have to fit into; unlimited if nobody looks at a terminal. */
export const terminalWidth = (): number => (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;

/** The line that is typed as the answer, empty at the end of input. Rejects when it is interrupted. */
export const ask = async (question: string, signal: AbortSignal): Promise<string> => {
  // Not in raw mode: there Ctrl-C would be a key like any other.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stdout.write(question);
  let line: unknown;
  try {
    [line] = await Promise.race([once(lines, 'line', { signal }), once(lines, 'close', { signal })]);
    return String(line ?? '').trim();
  } finally {
    if (line === undefined) process.stdout.write('\n');
    lines.close();
    // Else the open terminal would keep the process alive.
    process.stdin.pause();
  }
};
