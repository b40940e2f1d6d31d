import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';

/** What starts an execution environment. */
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
  /** Computed since the process was started. */
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Many calls within an environment. */
export interface Load {
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
  /** Calls the handler so often, so many at a time. */
  load(event: object, calls: number, parallel: number): Promise<Load>;
  stop(): Promise<void>;
}

export const startEnvironment = ({ command: [program, ...parameters], variables }: Start): Environment => {
  const startedAt = performance.now();
  const child = spawn(program, parameters, {
    // What the handler logs is written, and nobody reads it.
    env: { ...variables, _LAMBDA_TELEMETRY_LOG_FD: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const channel = child.stdio[3] as Duplex;
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const lines = createInterface(channel)[Symbol.asyncIterator]();
  const next = async <Message>(): Promise<Message> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${variables._HANDLER} has ended; it says above why`);
    return JSON.parse(value);
  };
  const ask = <Message>(question: object): Promise<Message> => {
    channel.write(`${JSON.stringify(question)}\n`);
    return next();
  };
  const loadMs = next<{ loadMs: number }>().then((ready) => ready.loadMs);
  loadMs.catch(() => {});
  return {
    pid: child.pid ?? 0,
    startedAt,
    loadMs,
    invoke: (event) => ask({ event }),
    load: (event, calls, parallel) => ask({ event, calls, parallel }),
    async stop() {
      channel.end();
      child.kill();
      await exited;
    },
  };
};
