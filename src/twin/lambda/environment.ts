import { exitReason } from './exit-reason.ts';
import type { Clock } from './lambda.ts';
import { type Exit, startProcessGroup } from './process-group.ts';
import { type Invocation, type RuntimeConnection, type RuntimeListener, startRuntimeApi } from './runtime-api.ts';
import { openRuntimeChannel } from './runtime-channel.ts';
import type { Supervisor } from './supervisor.ts';

/**
 * An execution environment: a child process and its Runtime API. It serves one invocation at a time and is frozen while idle:
 * timers and requests of a handler that are still open continue with the next invocation, as on AWS.
 */
export interface Environment {
  readonly pid: number;
  /** Result of INIT; never rejects. */
  readonly initialized: Promise<InitResult>;
  /** Sends an invocation to an initialized, idle environment. `timeout` is in milliseconds. */
  invoke(invocation: Invocation, timeout: number): RunningInvocation;
  /** Returns the maximum memory in MB up to the last idle time; undefined if the operating system does not report it. */
  maxMemoryUsed(): number | undefined;
  /** Kills the process and waits for its end. */
  stop(): Promise<void>;
  /** Resolves when the process has ended. */
  readonly exited: Promise<Exit>;
}

export type InitResult = { readonly duration: number } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly payload: string }
  | EnvironmentEnd
);

/** A running invocation: its result, and later its end, when the runtime requests the next invocation or has ended. */
export interface RunningInvocation {
  readonly result: Promise<InvocationResult>;
  /** The end of the environment, if it did not survive the invocation. It may have responded before. */
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
  /** The environment of the process, without the variable of the Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Memory limit in MB. An environment that exceeds it is killed, and its later responses are dropped. There is no limit if the
   * operating system does not report memory (macOS, Windows).
   */
  readonly memorySize: number;
  /** Timeout of INIT in milliseconds. */
  readonly initTimeout: number;
  /** True if the runtime receives invocations over a file descriptor, and not from the Runtime API. */
  readonly hasChannel: boolean;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  /**
   * Set if a debugger can attach: the environment is then not frozen between invocations, because a debugger can query its
   * process at any time.
   */
  readonly isInspected?: true;
  log(message: string, stderr?: true): void;
}

/** Starts an environment. Resolves when its process runs, before INIT has finished. */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  const init = Promise.withResolvers<InitResult>();
  let running: Running | undefined;
  let cancelTimeout: (() => void) | undefined;
  let sampling: NodeJS.Timeout | undefined;
  let freezing: NodeJS.Timeout | undefined;
  /** Reason why the environment was killed or ended. */
  let end: EnvironmentEnd | undefined;

  const listener: RuntimeListener = {
    onNext() {
      stopTimers();
      if (exceedsMemory()) return;
      if (!options.isInspected) freeze();
      const duration = initDuration();
      const invocation = running;
      running = undefined;
      // The function wrote its log lines earlier, to another pipe. They are read first.
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
      // The runtime gets no further invocation and would otherwise run forever.
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
    // The peak is checked after each invocation. The timer also stops an endless or greedy handler before it uses up the
    // machine's memory. No operating system limit on resident memory can be set for another process.
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
        // In this order, the process wakes up once, with the invocation already in its pipe.
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

/** Milliseconds between two memory checks of a busy environment. No process can fill the memory of a machine in that time. */
const samplingInterval = 25;

/**
 * Milliseconds before an idle environment is frozen. Its other threads and processes continue to run during that time. The twin's
 * own runtimes wait in a system call, so the function itself is idle at once. Environments that are reused at once need not be
 * stopped and resumed.
 */
const freezeDelay = 5;

/** No server listens on this port. The twin's own runtimes do not call a Runtime API. */
const closedPort = 1;

/** The error of aws/aws-lambda-runtime-interface-emulator and of REPORT lines of current runtimes. */
const outOfMemory: EnvironmentEnd = {
  kind: 'exit',
  errorType: 'Runtime.OutOfMemory',
  reason: 'Runtime exited with error: signal: killed',
};
