import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../bin/items.mjs');

/** How a command of the project runs. */
export interface ItemsOptions {
  /** Folder to run in. */
  readonly directory: string;
  /** Interrupts the command, which then stops in its own way. */
  readonly signal: AbortSignal;
  /** Shows on a terminal how far it is, on standard error: then a failure does not say what it wrote there. */
  readonly live?: true;
}

/**
 * Runs `items COMMAND` as a user does, and prints the line and its output. Rejects with the end of what it wrote to standard error
 * if it fails. A Ctrl-C on the terminal does not reach it: the signal does that.
 */
export const items = async (args: readonly string[], { directory, signal, live }: ItemsOptions): Promise<void> => {
  signal.throwIfAborted();
  console.log(`\n$ items ${args.map(quote).join(' ')}`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: directory,
    // Its standard output is gone if ours is, and a command ends without it.
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

/** Interrupts the commands that run. What CloudFormation has begun goes on. */
export const interruptItems = (): void => {
  for (const interrupt of running) interrupt();
};

const running = new Set<() => void>();

const quote = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text}'`);
