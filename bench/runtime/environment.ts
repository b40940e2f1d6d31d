import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import type { Sample } from '../interleave.ts';

/** Command and variables that start an execution environment. */
export interface Start {
  readonly command: readonly [program: string, ...parameters: string[]];
  /** All variables of the environment. Nothing of this process's environment is inherited. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The first response of an environment, measured inside it. */
export interface Answer {
  readonly result: { readonly statusCode: number; readonly body?: string };
  /** From the event to the response. */
  readonly responseMs: number;
  /** CPU time during `responseMs`. */
  readonly responseCpuMs: number;
  /** CPU time since the start of the process. */
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Many calls within an environment. */
export interface Calls {
  /** Duration of each call, in milliseconds. */
  readonly latencies: readonly number[];
  /** CPU time of all calls together. */
  readonly cpuMs: number;
}

/** A process that has loaded a handler, or is about to. Each of its promises rejects if the process ends early. */
export interface Environment {
  readonly pid: number;
  /** Start of the process, in the time of `performance.now()`. */
  readonly startedAt: number;
  /** Resolves when the handler is loaded, with the milliseconds that loading took. */
  readonly loadMs: Promise<number>;
  invoke(event: object): Promise<Answer>;
  /** Calls the handler `calls` times, with `parallel` calls at a time. Rejects if a response is not a success. */
  load(event: object, calls: number, parallel: number): Promise<Calls>;
  stop(): Promise<void>;
}

export const startEnvironment = (start: Start): Environment => {
  const startedAt = performance.now();
  const { pid, next, ask, stop } = spawnRuntime(start);
  const loadMs = next<{ loadMs: number }>().then((ready) => ready.loadMs);
  loadMs.catch(() => {});
  return {
    pid,
    startedAt,
    loadMs,
    invoke: (event) => ask({ event }),
    load: (event, calls, parallel) => ask({ event, calls, parallel }),
    stop,
  };
};

/**
 * Returns the milliseconds of each step of an environment until its first response, as reported by a program that runs instead of
 * the runtime. The program gets its start time, in milliseconds since the epoch, and the event.
 */
export const timeSteps = async ({ command, variables }: Start, program: string, event: object): Promise<Sample> => {
  const startedAt = performance.timeOrigin + performance.now();
  const [executable, ...parameters] = command;
  const own = [...parameters.slice(0, -1), program, String(startedAt), JSON.stringify(event)];
  const { next, stop } = spawnRuntime({ command: [executable, ...own], variables });
  try {
    return await next<Sample>();
  } finally {
    await stop();
  }
};

const spawnRuntime = ({ command: [program, ...parameters], variables }: Start) => {
  const child = spawn(program, parameters, {
    // The handler's logs are written and ignored.
    env: { ...variables, _LAMBDA_TELEMETRY_LOG_FD: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const channel = child.stdio[3] as Duplex;
  let problem = 'it says above why';
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', ({ message }) => {
      problem = message;
      resolve();
    });
  });
  const lines = createInterface(channel)[Symbol.asyncIterator]();
  const next = async <Message>(): Promise<Message> => {
    const { value, done } = await lines.next();
    if (done) {
      await exited;
      throw new Error(`${variables._HANDLER} in ${variables.LAMBDA_TASK_ROOT} has ended: ${problem}`);
    }
    return JSON.parse(value);
  };
  return {
    pid: child.pid ?? 0,
    next,
    ask: <Message>(question: object): Promise<Message> => {
      channel.write(`${JSON.stringify(question)}\n`);
      return next();
    },
    async stop(): Promise<void> {
      channel.end();
      child.kill();
      await exited;
    },
  };
};
