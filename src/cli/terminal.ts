import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** Returns true if questions can be asked on a terminal. */
export const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Returns the number of columns for lists. Infinite if standard output is not a terminal. */
export const terminalWidth = (): number => (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;

/**
 * Asks for a line. Resolves with the answer, which is empty at the end of input. Rejects with an AbortError when it is
 * interrupted.
 */
export const ask = async (question: string, signal: AbortSignal): Promise<string> => {
  if (process.stdin.readableEnded) return '';
  // Not in raw mode, in which Ctrl-C would be an ordinary key. Without output, because readline would write `\r\n` at an
  // interruption.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stdout.write(question);
  let line: string | undefined;
  try {
    // At the end of input, `question` does not settle. A last line without a line end is emitted as an event before the end.
    const unfinished = once(lines, 'line').then(([text]) => String(text));
    const end = once(lines, 'close').then(() => undefined);
    line = await Promise.race([lines.question('', { signal }), unfinished, end]);
    return line?.trim() ?? '';
  } finally {
    if (line === undefined) process.stdout.write('\n');
    // Also pauses the input. Otherwise an open terminal would keep the process alive.
    lines.close();
  }
};
