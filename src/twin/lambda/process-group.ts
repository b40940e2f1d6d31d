import { spawn } from 'node:child_process';
import { Duplex, Readable } from 'node:stream';
import { createMemoryMeter } from './memory.ts';
import type { Supervisor } from './supervisor.ts';
import { readFrames, readLines } from './telemetry.ts';

/** Processes of an execution environment: the runtime, and the processes that it starts, unless they leave the group. */
export interface ProcessGroup {
  readonly pid: number;
  /** Descriptor 4 of the runtime. */
  readonly channel: Duplex;
  /** Resolves when the runtime has ended and all output has been read. */
  readonly exited: Promise<Exit>;
  /** Returns the maximum memory so far in kB; undefined if the operating system does not report it. */
  peakMemory(): number | undefined;
  /** Stops the processes until `thaw` or `kill`. On Windows, which has no signals, they continue to run. */
  freeze(): void;
  /** Resumes frozen processes. */
  thaw(): void;
  kill(): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  readonly command: readonly [program: string, ...parameters: string[]];
  readonly workingDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly supervisor: Supervisor;
  /** Called with each event that a process writes to its output, its error output or `_LAMBDA_TELEMETRY_LOG_FD`. */
  log(message: string, stderr?: true): void;
}

export const startProcessGroup = (options: ProcessOptions): ProcessGroup => {
  const [program, ...parameters] = options.command;
  const child = spawn(program, parameters, {
    cwd: options.workingDirectory,
    env: { ...options.variables, _LAMBDA_TELEMETRY_LOG_FD: '3' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A separate process group: Ctrl-C reaches the twin only, and the processes that a function starts end with the group.
    detached: true,
  });
  const { pid = 0 } = child;
  const memory = createMemoryMeter(pid);
  const exited = new Promise<Exit>((resolve) => {
    // `close` comes after `exit` and after all output has been read.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  void exited.then(memory.close);
  options.supervisor.watch(child);
  const [, stdout, stderr, telemetry, channel] = child.stdio;
  if (stdout instanceof Readable) readLines(stdout, options.log);
  if (stderr instanceof Readable) readLines(stderr, (line) => options.log(line, true));
  if (telemetry instanceof Readable) readFrames(telemetry, options.log);
  // The rest of the group ends with the runtime; otherwise it would keep the output open.
  child.once('exit', () => signal(pid, 'SIGKILL'));

  // Until the end of the runtime is noticed, its process id is not reused.
  const send = (name: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) signal(pid, name);
  };
  let isFrozen = false;
  return {
    pid,
    channel: channel instanceof Duplex ? channel : new Duplex(),
    exited,
    peakMemory: memory.peak,
    freeze() {
      if (process.platform === 'win32') return;
      isFrozen = true;
      send('SIGSTOP');
    },
    thaw() {
      if (isFrozen) send('SIGCONT');
      isFrozen = false;
    },
    kill: () => send('SIGKILL'),
  };
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  if (pid === 0) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // The group has already ended.
  }
};
