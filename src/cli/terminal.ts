import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** True if there is somebody to ask. */
export const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Columns that lists have to fit into; unlimited if nobody looks at a terminal. */
export const terminalWidth = (): number => (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;

/** Asks for a line: returns the answer, empty at the end of input. Rejects with an AbortError when it is interrupted. */
export const ask = async (question: string, signal: AbortSignal): Promise<string> => {
  if (process.stdin.readableEnded) return '';
  // Not in raw mode, where Ctrl-C would be a key like any other. Without output, to which readline writes `\r\n` at an interruption.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stdout.write(question);
  let line: string | undefined;
  try {
    // At the end of input a question stays open: a text without a line end comes as an event of its own, before the end.
    const unfinished = once(lines, 'line').then(([text]) => String(text));
    const end = once(lines, 'close').then(() => undefined);
    line = await Promise.race([lines.question('', { signal }), unfinished, end]);
    return line?.trim() ?? '';
  } finally {
    if (line === undefined) process.stdout.write('\n');
    // Also pauses the input: an open terminal that is read would keep the process alive.
    lines.close();
  }
};
