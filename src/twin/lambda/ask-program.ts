import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Exit of a program that was asked something, and its standard output. */
export interface ProgramOutput {
  /** Exit code; null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

export interface AskOptions {
  /** Written to its standard input. */
  readonly input?: string;
  /** Ends the program; the reason of the signal is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the program may take. */
  readonly timeout?: number;
}

/**
 * Runs a program to its end. Throws the error of the system if it cannot be started, and one with the code ETIMEDOUT if it takes
 * longer than `timeout`. What the program started ends with it: it would hold the output open.
 */
export const askProgram = async (
  program: string,
  parameters: readonly string[],
  { input = '', signal, timeout = askTimeout }: AskOptions = {},
): Promise<ProgramOutput> => {
  signal?.throwIfAborted();
  const timedOut = AbortSignal.timeout(timeout);
  const ending = signal ? AbortSignal.any([signal, timedOut]) : timedOut;
  // A process group of its own, so that all of it can be killed.
  const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'ignore'], detached: true, windowsHide: true });
  const end = (): void => {
    killGroup(child);
    // Whoever has left the group may hold it open.
    child.stdout.destroy();
  };
  try {
    ending.addEventListener('abort', end);
    child.once('exit', () => killGroup(child));
    // Some programs end without reading.
    child.stdin.on('error', () => {}).end(input);
    const [status, stdout] = await Promise.all([exitCode(child), beginning(child.stdout)]);
    signal?.throwIfAborted();
    if (timedOut.aborted) throw Object.assign(new Error(`${program} has timed out`), { code: 'ETIMEDOUT' });
    return { status, stdout };
  } finally {
    ending.removeEventListener('abort', end);
  }
};

/** A program that writes without end would fill the memory meanwhile. */
const beginning = async (output: Readable): Promise<string> => {
  let text = '';
  try {
    for await (const chunk of output.setEncoding('utf8')) if (text.length < maxLength) text += chunk;
  } catch {
    // Destroyed at the timeout.
  }
  return text;
};

/** Characters. */
const maxLength = 16 * 1024 * 1024;

/** Milliseconds that a program may run. */
export const askTimeout = 10_000;

const exitCode = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });

const killGroup = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
};
