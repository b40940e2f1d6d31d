import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalError } from '../errors.ts';
import type { DynaliteMessage } from './dynalite.ts';

/** dynalite in a process of its own. */
export interface DynaliteProcess {
  /** Where it listens, as soon as it does; a new one after a restart. Rejects if it cannot start or is not restarted. */
  url(): Promise<URL>;
  /** Id of the process that runs now. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface DynaliteOptions {
  readonly region: string;
  readonly accountId: string;
  /** Folder of the tables; in memory without one. */
  readonly data?: string;
  /** Told when the process has ended by itself, and what becomes of it. */
  onFault(message: string): void;
}

export const startDynalite = (options: DynaliteOptions): DynaliteProcess => {
  const folder = options.data === undefined ? undefined : makeFolder(options.data);
  let child: ChildProcess;
  let url: Promise<URL>;
  let stopping = false;

  const start = (): void => {
    child = fork(fileURLToPath(new URL('dynalite.ts', import.meta.url)), folder === undefined ? [] : [folder], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Node.js keeps compiled code, types stripped, where it does by default: half of the start-up time.
      env: {
        NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
        AWS_REGION: options.region,
        AWS_ACCOUNT_ID: options.accountId,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Ctrl-C is for the twin, which then ends this process in its turn.
      detached: true,
    });
    url = listening(child, options.data);
    // Whoever asks for the URL gets the rejection; until then nobody may.
    url.catch(() => {});
    watch(child);
  };

  const watch = (watched: ChildProcess): void => {
    let output = '';
    watched.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-maxReport);
    });
    // `url` has rejected by then if it never listened, and that is told by whoever waits for it.
    const ready = url.then(
      () => true,
      () => false,
    );
    watched.once('close', async () => {
      if (stopping || !(await ready)) return;
      const lost = 'Its tables were in memory and are lost: start the twin again.';
      const next = folder === undefined ? lost : `It is started again on ${options.data}.`;
      options.onFault(`The process of dynalite ended unexpectedly. ${next}\n${output.trimEnd()}`);
      if (folder !== undefined) start();
      else url = rejected(new Error(`dynalite has ended. ${lost}`));
    });
  };

  start();
  return {
    url: () => url,
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
      if (child.connected) child.disconnect();
      await exited;
      clearTimeout(timer);
    },
  };
};

const makeFolder = (data: string): string => {
  const remedy = 'Name another folder with --data, or use --memory.';
  if (data === '') throw new LocalError('INVALID_PARAMETER', `The data folder has no name. ${remedy}`);
  const folder = join(resolve(data), 'dynamodb');
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOTDIR' || code === 'EEXIST' ? 'there is a file in its place' : message;
    throw new LocalError('INVALID_PARAMETER', `The data folder ${data} cannot be made: ${reason}. ${remedy}`, {
      cause: error,
    });
  }
};

const listening = (child: ChildProcess, data: string | undefined): Promise<URL> =>
  new Promise((resolve, reject) => {
    child.once('message', (message: DynaliteMessage) => {
      if (message.kind === 'ready') {
        resolve(new URL(`http://127.0.0.1:${message.port}`));
        return;
      }
      child.disconnect();
      if (message.code === 'LEVEL_LOCKED') {
        const remedy = 'Stop that one, or name another folder with --data, or use --memory.';
        reject(new LocalError('DATA_IN_USE', `The data folder ${data} is in use by another twin. ${remedy}`));
      } else {
        const remedy = 'Name another folder with --data, or remove this one.';
        reject(new LocalError('RESOURCE_FAILED', `The data folder ${data} cannot be opened: ${message.message}. ${remedy}`));
      }
    });
    child.once('exit', (code, signal) => reject(new Error(`dynalite ended with ${signal ?? code} before it listened`)));
    child.once('error', reject);
  });

const rejected = (error: Error): Promise<never> => {
  const promise = Promise.reject(error);
  promise.catch(() => {});
  return promise;
};

const maxReport = 4000;
const stopTimeout = 5000;
