import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import type { Sample } from '../interleave.ts';

/** Command and variables that start an execution environment. */
export interface Start {
  readonly command: readonly [program: string, ...parameters: string[]];
  /** All that it has: nothing of this process's environment is among them. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The first answer of an environment, as measured inside of it. */
export interface Answer {
  readonly result: { readonly statusCode: number; readonly body?: string };
  /** From the event to the answer. */
  readonly responseMs: number;
  /** Computed in that time. */
  readonly responseCpuMs: number;
  /** Computed since the process was started. */
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Many calls within an environment. */
export interface Calls {
  /** Of each call, in milliseconds. */
  readonly latencies: readonly number[];
  /** Computed for all calls together. */
  readonly cpuMs: number;
}

/** A process that has a handler, or is about to. Each of its promises rejects if it ends before its time. */
export interface Environment {
  readonly pid: number;
  /** When the process was started, of `performance.now()`. */
  readonly startedAt: number;
  /** Settles when the handler is loaded, with the milliseconds that took. */
  readonly loadMs: Promise<number>;
  invoke(event: object): Promise<Answer>;
  /** Calls the handler so often, so many at a time. Rejects if an answer is none of success. */
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
 * Milliseconds of what an environment does until its first answer, step by step, as told by a program that is run in place of
 * the runtime. It gets when it was started, in milliseconds since the epoch, and the event.
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
    // The handler's logs are written, and nobody reads them.
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
