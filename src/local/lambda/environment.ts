import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type Invocation, startRuntimeApi } from './runtime-api.ts';
import type { Runtime } from './runtimes.ts';
import type { Supervisor } from './supervisor.ts';
import { readFrames, readLines } from './telemetry.ts';

/** One execution environment: a child process and its Runtime API. It serves one invocation at a time. */
export interface Environment {
  readonly pid: number;
  /** How INIT ended; never rejects. */
  readonly initialized: Promise<InitResult>;
  /** Hands an invocation to an environment that is initialized and idle. */
  invoke(invocation: Invocation): RunningInvocation;
  /** Peak memory of the process in MB, where the operating system tells. */
  maxMemoryUsed(): number | undefined;
  /** Kills the process and waits for its end. */
  stop(): Promise<void>;
  /** Settles when the process has ended. */
  readonly exited: Promise<Exit>;
}

export type InitResult =
  | { readonly kind: 'ready'; readonly duration: number }
  | { readonly kind: 'error'; readonly duration: number; readonly payload: string }
  | { readonly kind: 'exit'; readonly duration: number; readonly reason: string }
  | { readonly kind: 'timeout'; readonly duration: number };

/** An invocation in an environment: its result, and then its end, when the runtime asks for the next one or is gone. */
export interface RunningInvocation {
  readonly result: Promise<InvocationResult>;
  /** False if the environment ended with the invocation. */
  readonly finished: Promise<boolean>;
}

export type InvocationResult =
  | { readonly kind: 'response' | 'error'; readonly payload: string }
  | { readonly kind: 'exit'; readonly reason: string }
  | { readonly kind: 'timeout' };

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface EnvironmentOptions {
  readonly runtime: Runtime;
  /** Folder of the function's code: working directory and `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** All of the process's environment, but for what names its Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /** Milliseconds that INIT may take. */
  readonly initTimeout: number;
  readonly supervisor: Supervisor;
  log(message: string, stderr?: true): void;
}

/** Starts an environment. Resolves once its process runs, before INIT is over. */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  const init = Promise.withResolvers<InitResult>();
  let running: { result: PromiseWithResolvers<InvocationResult>; finished: PromiseWithResolvers<boolean> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended: string | undefined;
  const initDuration = (): number => performance.now() - startedAt;

  const api = await startRuntimeApi({
    onNext() {
      clearTimeout(timer);
      const duration = initDuration();
      const invocation = running;
      running = undefined;
      // What the function logged lies on another pipe and was written before: let it be read first.
      setImmediate(() => {
        init.resolve({ kind: 'ready', duration });
        invocation?.finished.resolve(true);
      });
    },
    onResponse: (payload) => running?.result.resolve({ kind: 'response', payload }),
    onError: (payload) => running?.result.resolve({ kind: 'error', payload }),
    onInitError: (payload) => {
      init.resolve({ kind: 'error', duration: initDuration(), payload });
    },
  });

  const startedAt = performance.now();
  const [program, ...parameters] = options.runtime.command;
  const child = spawn(program, parameters, {
    cwd: options.taskRoot,
    env: {
      ...options.variables,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${api.port}`,
      _LAMBDA_TELEMETRY_LOG_FD: '3',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C reaches the twin only, and the processes that a function starts end with it, unless
    // they leave the group.
    detached: true,
  });
  const exited = new Promise<Exit>((resolve) => {
    // `close` comes after `exit` and after all output has been read.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  options.supervisor.watch(child);
  const [, stdout, stderr, telemetry] = child.stdio;
  if (stdout instanceof Readable) readLines(stdout, options.log);
  if (stderr instanceof Readable) readLines(stderr, (line) => options.log(line, true));
  if (telemetry instanceof Readable) readFrames(telemetry, options.log);
  let peak: number | undefined;
  const maxMemoryUsed = (): number | undefined => {
    if (child.pid !== undefined) peak = peakMemory(child.pid) ?? peak;
    return peak;
  };
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    maxMemoryUsed();
    killGroup(child.pid);
  };
  // What is left of the group goes with the runtime; it would also hold the output open.
  child.once('exit', () => child.pid !== undefined && killGroup(child.pid));
  void exited.then((exit) => {
    clearTimeout(timer);
    api.close();
    const reason = exitReason(exit);
    ended = reason;
    init.resolve({ kind: 'exit', duration: initDuration(), reason });
    running?.result.resolve({ kind: 'exit', reason });
    running?.finished.resolve(false);
    running = undefined;
  });
  timer = setTimeout(() => {
    init.resolve({ kind: 'timeout', duration: initDuration() });
    kill();
  }, options.initTimeout);

  return {
    pid: child.pid ?? 0,
    initialized: init.promise,
    exited,
    invoke(invocation) {
      const result = Promise.withResolvers<InvocationResult>();
      const finished = Promise.withResolvers<boolean>();
      if (ended !== undefined) {
        return { result: Promise.resolve({ kind: 'exit', reason: ended }), finished: Promise.resolve(false) };
      }
      running = { result, finished };
      timer = setTimeout(() => {
        result.resolve({ kind: 'timeout' });
        kill();
      }, invocation.deadline - Date.now());
      api.dispatch(invocation);
      return { result: result.promise, finished: finished.promise };
    },
    maxMemoryUsed,
    async stop() {
      kill();
      await exited;
    },
  };
};

const killGroup = (pid: number): void => {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
};

/** How Lambda words the end of a runtime. */
const exitReason = ({ code, signal }: Exit): string => {
  if (signal !== null) return `Runtime exited with error: signal: ${signal === 'SIGKILL' ? 'killed' : signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
};

const peakMemory = (pid: number): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  try {
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
};
