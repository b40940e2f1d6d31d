import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Exit status of a program and its standard output. */
export interface ProgramOutput {
  /** Exit code; null if a signal ended the program. */
  readonly status: number | null;
  readonly stdout: string;
}

export interface AskOptions {
  /** Written to the program's standard input. */
  readonly input?: string;
  /** Ends the program. The reason of the signal is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Maximum run time in milliseconds. */
  readonly timeout?: number;
}

/**
 * Runs a program until it ends. Throws the system error if the program cannot be started, and an error with the code ETIMEDOUT
 * after `timeout`. Also ends the processes that the program started, because they could keep its output open.
 */
export const askProgram = async (
  program: string,
  parameters: readonly string[],
  { input = '', signal, timeout = askTimeout }: AskOptions = {},
): Promise<ProgramOutput> => {
  signal?.throwIfAborted();
  const timedOut = AbortSignal.timeout(timeout);
  const ending = signal ? AbortSignal.any([signal, timedOut]) : timedOut;
  // A separate process group, so that all its processes can be killed.
  const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'ignore'], detached: true, windowsHide: true });
  const end = (): void => {
    killGroup(child);
    // A process that has left the group can keep the pipe open.
    child.stdout.destroy();
  };
  try {
    ending.addEventListener('abort', end);
    child.once('exit', () => killGroup(child));
    // Some programs end without reading their input.
    child.stdin.on('error', () => {}).end(input);
    const [status, stdout] = await Promise.all([exitCode(child), beginning(child.stdout)]);
    signal?.throwIfAborted();
    if (timedOut.aborted) throw Object.assign(new Error(`${program} has timed out`), { code: 'ETIMEDOUT' });
    return { status, stdout };
  } finally {
    ending.removeEventListener('abort', end);
  }
};

/** Returns the beginning of an output, so that endless output does not fill the memory. */
const beginning = async (output: Readable): Promise<string> => {
  let text = '';
  try {
    for await (const chunk of output.setEncoding('utf8')) if (text.length < maxLength) text += chunk;
  } catch {
    // The stream is destroyed at the timeout.
  }
  return text;
};

/** Maximum length in characters. */
const maxLength = 16 * 1024 * 1024;

/** Maximum run time of a program in milliseconds. */
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
    // The group has already ended.
  }
};
