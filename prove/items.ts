import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../bin/items.mjs');

/** Options for running a command of the project. */
export interface ItemsOptions {
  /** Folder to run in. */
  readonly directory: string;
  /** Interrupts the command, which then stops in its own way. */
  readonly signal: AbortSignal;
  /** Shows progress on a terminal, on standard error. The error of a failed command then does not contain its output. */
  readonly live?: true;
}

/**
 * Runs `items COMMAND` as a user does, and prints the command line and its output. If the command fails, rejects with the end of
 * its standard error. Ctrl-C on the terminal does not reach the command; the signal interrupts it.
 */
export const items = async (args: readonly string[], { directory, signal, live }: ItemsOptions): Promise<void> => {
  signal.throwIfAborted();
  console.log(`\n$ items ${args.map(quote).join(' ')}`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: directory,
    // If our standard output is closed, so is that of the command, and the command would end.
    stdio: ['ignore', process.stdout.writable ? 'inherit' : 'ignore', live && process.stderr.isTTY ? 'inherit' : 'pipe'],
    detached: process.platform !== 'win32',
  });
  const interrupt = (): void => void child.kill('SIGINT');
  running.add(interrupt);
  signal.addEventListener('abort', interrupt);
  let written = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    written = `${written}${chunk}`.slice(-2000);
  });
  try {
    const [code, killer]: (number | string | null)[] = await once(child, 'close');
    if (code !== 0) throw new Error(`items ${args[0]} ended with ${code ?? killer}${written && `: ${written.trim()}`}`);
  } finally {
    running.delete(interrupt);
    signal.removeEventListener('abort', interrupt);
  }
};

/** Interrupts the running commands. Operations that CloudFormation has begun continue. */
export const interruptItems = (): void => {
  for (const interrupt of running) interrupt();
};

const running = new Set<() => void>();

const quote = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text}'`);
