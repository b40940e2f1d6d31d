import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type Client, createClient, seconds } from '../ground/client.ts';
import { type EditionName, templateFiles } from '../ground/edition.ts';
import type { Place } from './place.ts';

/** A twin: `items local` in its own process group. */
export interface Twin {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Returns the output so far, from standard output and standard error. */
  output(): string;
  /** Waits until the start has completed. Rejects with the output if the twin ends instead, or if the start takes too long. */
  ready(): Promise<ReadyTwin>;
  /** Waits until the output matches a pattern. */
  prints(pattern: RegExp): Promise<void>;
  /** Waits until the twin ends. Rejects if that takes too long. */
  ended(): Promise<Exit>;
}

export interface ReadyTwin extends Twin {
  readonly client: Client;
  /** Milliseconds that the start took. */
  readonly ms: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  /** Milliseconds since the process started. */
  readonly ms: number;
}

export interface TwinOptions {
  readonly edition: EditionName;
  readonly python: string;
  /** Data folder. */
  readonly data: string;
  /** Further arguments. */
  readonly more?: readonly string[];
  /** Program and arguments that run the twin, instead of running it directly. */
  readonly through?: readonly string[];
}

/** Milliseconds that a start, a stop or a recovery may take on a busy machine. */
export const bound = 30_000;

const root = resolve(import.meta.dirname, '../..');

export const startTwin = (place: Place, { edition, python, data, more = [], through = [] }: TwinOptions): Twin => {
  const startedAt = performance.now();
  const twin = [process.execPath, join(root, 'bin/items.mjs'), 'local', '--template', join(root, templateFiles[edition])];
  // The campaign does not test throttling by the stage.
  const parameters = ['AuthorizationType=NONE', 'ThrottlingRateLimit=10000', 'ThrottlingBurstLimit=5000'];
  const options = ['--data', data, '--port', '0', '--python', python, ...parameters.flatMap((one) => ['--parameter', one])];
  const [program = '', ...args] = [...through, ...twin, ...options, ...more];
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, TMPDIR: place.temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      wake();
    });
  let exit: Exit | undefined;
  const closed = once(child, 'close').then(([code, signal]): Exit => {
    exit = { code, signal, output, ms: performance.now() - startedAt };
    wake();
    return exit;
  });
  const match = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found;
      if (exit !== undefined) throw new TwinEnded(exit);
      await new Promise<void>((resume) => void waiting.add(resume));
    }
  };
  const self: Twin = {
    pid: child.pid ?? 0,
    child,
    output: () => output,
    async ready() {
      const [, url = ''] = await within(match(/^(http\S+) {2}stage .*^Ctrl-C stops$/ms), 'the start', () => output);
      const ms = performance.now() - startedAt;
      const client = createClient(url);
      void closed.then(() => client.close());
      return { ...self, client, ms };
    },
    prints: async (pattern) => void (await within(match(pattern), `the line ${pattern}`, () => output)),
    ended: () => within(closed, 'the end', () => output),
  };
  return self;
};

/** The error for a twin that ended before it was ready. */
export class TwinEnded extends Error {
  override readonly name = 'TwinEnded';
  readonly exit: Exit;

  constructor(exit: Exit) {
    super(`the twin ended with ${exit.signal ?? exit.code}: ${lastLines(exit.output)}`);
    this.exit = exit;
  }
}

/** Resolves with a promise. Rejects if it does not settle within the bound. */
export const within = async <Value>(promise: Promise<Value>, what: string, output: () => string): Promise<Value> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`${what} takes more than ${seconds(bound)}: ${lastLines(output())}`));
  }, bound);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Returns the end of an output in one line. */
export const lastLines = (output: string): string => output.trim().split('\n').slice(-4).join(' | ').slice(-400);
