import { exitReason } from './exit-reason.ts';
import type { Clock } from './lambda.ts';
import { type Exit, startProcessGroup } from './process-group.ts';
import { type Invocation, type RuntimeConnection, type RuntimeListener, startRuntimeApi } from './runtime-api.ts';
import { openRuntimeChannel } from './runtime-channel.ts';
import type { Supervisor } from './supervisor.ts';

/**
 * One execution environment: a child process and its Runtime API. It serves one invocation at a time and is frozen whenever
 * it serves none: timers and requests that a handler leaves behind go on with the next invocation, as on AWS.
 */
export interface Environment {
  readonly pid: number;
  /** Result of INIT; never rejects. */
  readonly initialized: Promise<InitResult>;
  /** Hands an invocation to an environment that is initialized and idle. It may take `timeout` milliseconds. */
  invoke(invocation: Invocation, timeout: number): RunningInvocation;
  /** The most memory that the environment took until it was last idle, in MB, where the operating system tells. */
  maxMemoryUsed(): number | undefined;
  /** Kills the process and waits for its end. */
  stop(): Promise<void>;
  /** Settles when the process has ended. */
  readonly exited: Promise<Exit>;
}

export type InitResult = { readonly duration: number } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly payload: string }
  | EnvironmentEnd
);

/** An invocation in an environment: its result, and then its end, when the runtime asks for the next one or is gone. */
export interface RunningInvocation {
  readonly result: Promise<InvocationResult>;
  /** End of the environment, if it did not survive the invocation; it may still have responded before. */
  readonly finished: Promise<EnvironmentEnd | undefined>;
}

export type InvocationResult = { readonly kind: 'response' | 'error'; readonly payload: string } | EnvironmentEnd;

export type EnvironmentEnd =
  | { readonly kind: 'exit'; readonly errorType: 'Runtime.ExitError' | 'Runtime.OutOfMemory'; readonly reason: string }
  | { readonly kind: 'timeout' };

export interface EnvironmentOptions {
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Folder of the function's code: working directory and `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** All of the process's environment, but for what names its Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * MB that the environment may take. It is killed once it takes more, and no response after that is handed on. It may take any
   * number if the operating system does not report memory (macOS, Windows).
   */
  readonly memorySize: number;
  /** Milliseconds that INIT may take. */
  readonly initTimeout: number;
  /** True if the runtime gets its work over a descriptor, and not from the Runtime API. */
  readonly hasChannel: boolean;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  /** It is not frozen between invocations, as a debugger may ask its process at any time. */
  readonly isInspected?: true;
  log(message: string, stderr?: true): void;
}

/** Starts an environment. Resolves once its process runs, before INIT is over. */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  const init = Promise.withResolvers<InitResult>();
  let running: Running | undefined;
  let cancelTimeout: (() => void) | undefined;
  let sampling: NodeJS.Timeout | undefined;
  let freezing: NodeJS.Timeout | undefined;
  /** Reason why it was killed or ended. */
  let end: EnvironmentEnd | undefined;

  const listener: RuntimeListener = {
    onNext() {
      stopTimers();
      if (exceedsMemory()) return;
      if (!options.isInspected) freeze();
      const duration = initDuration();
      const invocation = running;
      running = undefined;
      // The function's log lines are on another pipe and were written before: let them be read first.
      setImmediate(() => {
        init.resolve({ kind: 'ready', duration });
        invocation?.finished.resolve(undefined);
      });
    },
    onResponse: (payload) => {
      if (!exceedsMemory()) running?.result.resolve({ kind: 'response', payload });
    },
    onError: (payload) => {
      if (!exceedsMemory()) running?.result.resolve({ kind: 'error', payload });
    },
    onInitError: (payload) => {
      if (exceedsMemory()) return;
      init.resolve({ kind: 'error', duration: initDuration(), payload });
      // Nothing will be asked of it any more: a runtime that stays would be for ever.
      processes.kill();
    },
  };
  const api = options.hasChannel ? undefined : await startRuntimeApi(listener);

  const freeze = (): void => {
    if (options.hasChannel) freezing = setTimeout(processes.freeze, freezeDelay);
    else processes.freeze();
  };

  const { clock } = options;
  const startedAt = clock.now();
  const initDuration = (): number => clock.now() - startedAt;
  const processes = startProcessGroup({
    command: options.command,
    workingDirectory: options.taskRoot,
    variables: {
      ...options.variables,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${api?.port ?? closedPort}`,
    },
    supervisor: options.supervisor,
    log: options.log,
  });
  const runtime: RuntimeConnection = api ?? openRuntimeChannel(processes.channel, listener);
  let peak = processes.peakMemory();

  const killFor = (reason: EnvironmentEnd): void => {
    end ??= reason;
    processes.kill();
  };
  const exceedsMemory = (): boolean => {
    peak = processes.peakMemory() ?? peak;
    if (peak === undefined || peak <= options.memorySize * 1024) return false;
    killFor(outOfMemory);
    return true;
  };
  const startTimers = (milliseconds: number, onTimeout: () => void): void => {
    cancelTimeout = clock.startTimer(milliseconds, onTimeout);
    // The peak tells after each invocation whether there was too much. That an endless or greedy handler is stopped before it takes
    // the machine's memory needs a look in between: nothing that a process may set for another one limits resident memory.
    if (peak !== undefined) sampling = setInterval(exceedsMemory, samplingInterval).unref();
  };
  const stopTimers = (): void => {
    cancelTimeout?.();
    clearInterval(sampling);
  };

  void processes.exited.then((exit) => {
    stopTimers();
    clearTimeout(freezing);
    runtime.close();
    end ??= { kind: 'exit', errorType: 'Runtime.ExitError', reason: exitReason(exit) };
    init.resolve({ ...end, duration: initDuration() });
    running?.result.resolve(end);
    running?.finished.resolve(end);
    running = undefined;
  });
  startTimers(options.initTimeout, () => {
    init.resolve({ kind: 'timeout', duration: initDuration() });
    killFor({ kind: 'timeout' });
  });

  return {
    pid: processes.pid,
    initialized: init.promise,
    exited: processes.exited,
    invoke(invocation, timeout) {
      const result = Promise.withResolvers<InvocationResult>();
      const finished = Promise.withResolvers<EnvironmentEnd | undefined>();
      if (end !== undefined) {
        result.resolve(end);
        finished.resolve(end);
      } else {
        running = { result, finished };
        startTimers(timeout, () => {
          result.resolve({ kind: 'timeout' });
          killFor({ kind: 'timeout' });
        });
        clearTimeout(freezing);
        // In this order the process wakes once, with all that it has to do before it.
        runtime.dispatch(invocation);
        processes.thaw();
      }
      return { result: result.promise, finished: finished.promise };
    },
    maxMemoryUsed: () => (peak === undefined ? undefined : Math.min(Math.ceil(peak / 1024), options.memorySize)),
    async stop() {
      processes.kill();
      await processes.exited;
    },
  };
};

interface Running {
  readonly result: PromiseWithResolvers<InvocationResult>;
  readonly finished: PromiseWithResolvers<EnvironmentEnd | undefined>;
}

/** Milliseconds between two looks at the memory of an environment that is busy: no process can fill a machine in between. */
const samplingInterval = 25;

/**
 * Milliseconds that other threads and processes of an environment run on. The twin's own runtimes wait in a system call, so that
 * the function itself does nothing from the start: environments that are used again at once need not be stopped and woken up.
 */
const freezeDelay = 5;

/** Nobody listens on it: the twin's own runtimes ask no Runtime API, and what others listen on is none. */
const closedPort = 1;

/** As aws/aws-lambda-runtime-interface-emulator names it, and REPORT lines of current runtimes. */
const outOfMemory: EnvironmentEnd = {
  kind: 'exit',
  errorType: 'Runtime.OutOfMemory',
  reason: 'Runtime exited with error: signal: killed',
};
