import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server of the API on this machine. */
export interface Server {
  /** Invoke URL. */
  readonly url: string;
  /** URL of the console, if the server has one. */
  readonly console?: string;
  /** Process id of the process that started all others. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** A running program. Stopping it also ends all processes that it has started. */
export interface Program {
  readonly pid: number;
  /** Resolves with the next line of its output that matches. Rejects with its output if it ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/** Runs a program in its own process group, with `variables` as its complete environment. */
export const run = (
  program: string,
  parameters: readonly string[],
  { folder, variables }: { readonly folder: string; readonly variables: NodeJS.ProcessEnv },
): Program => {
  const child = spawn(program, parameters, {
    cwd: folder,
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = (): void => signal(child, 'SIGKILL');
  process.once('exit', end);
  return {
    pid: child.pid ?? 0,
    line: (pattern) => lineOf(child, pattern),
    async stop() {
      process.off('exit', end);
      if (child.exitCode !== null || child.signalCode !== null) return;
      signal(child, 'SIGINT');
      const late = setTimeout(() => signal(child, 'SIGKILL'), patience);
      await once(child, 'close');
      clearTimeout(late);
    },
  };
};

/** Milliseconds that a program has to end after SIGINT. */
const patience = 10_000;

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals): void => {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // The program has already ended.
  }
};

const lineOf = (child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> =>
  new Promise((resolve, reject) => {
    const written: string[] = [];
    const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
    const readers = streams.map((stream) => {
      let rest = '';
      const read = (chunk: string): void => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (written.length < 100) written.push(line);
          const match = pattern.exec(line);
          if (match) settle(() => resolve(match));
        }
      };
      stream.setEncoding('utf8').on('data', read);
      return () => void stream.off('data', read);
    });
    const ended = (): void => settle(() => reject(new Error(`${child.spawnfile} has ended:\n${written.join('\n')}`)));
    const failed = (error: Error): void => settle(() => reject(error));
    const settle = (action: () => void): void => {
      for (const stopReading of readers) stopReading();
      child.off('error', failed).off('close', ended);
      action();
    };
    child.once('error', failed).once('close', ended);
  });
