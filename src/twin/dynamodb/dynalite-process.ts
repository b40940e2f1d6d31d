import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalError } from '../../cloudformation/errors.ts';
import { makeFolder } from '../processes/make-folder.ts';
import { compileCacheFolder } from '../processes/private-folder.ts';
import { createRunFolder } from '../processes/run-folder.ts';
import type { DynaliteMessage } from './dynalite.ts';
import { lostText, openFailure, repairedText } from './open-failure.ts';
import type { Address } from './upstream.ts';

/** dynalite in its own process. Unless `isOpen` is set, only the twin can send it requests. */
export interface DynaliteProcess {
  /** Resolves with the address as soon as dynalite listens. Rejects if dynalite cannot start, and while a restart is pending. */
  address(): Promise<Address>;
  /** Id of the current process. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface DynaliteOptions {
  readonly region: string;
  readonly accountId: string;
  /** Folder of the tables. Tables are in memory if it is undefined. */
  readonly data?: string;
  /** Recovers the readable items of a damaged data folder. */
  readonly repair?: boolean;
  /**
   * Listens on a port that every process on this machine can connect to: for tests and benchmarks of a DynamoDB without a twin.
   */
  readonly isOpen?: boolean;
  /** Called with a message when the process ends unexpectedly or runs again, and when data was lost or repaired. */
  onFault(message: string): void;
}

/**
 * Starts dynalite. If its process ends unexpectedly and its tables are on disk, another process is started at once. If that
 * fails, each further attempt follows a pause that grows to 5 seconds. Attempts do not end, because space on a full disk may be
 * freed.
 */
export const startDynalite = (options: DynaliteOptions): DynaliteProcess => {
  const { data } = options;
  const folder = data === undefined ? undefined : dataFolder(data);
  const runFolder = createRunFolder();
  let child: ChildProcess;
  let address: Promise<Address>;
  let socketPath = '';
  let stopping = false;
  let pause = firstPause;
  let timer: NodeJS.Timeout | undefined;

  const start = (isRestart: boolean): void => {
    socketPath = options.isOpen ? '0' : socketIn(runFolder.path);
    child = fork(
      fileURLToPath(new URL('dynalite.ts', import.meta.url)),
      [socketPath, ...(folder === undefined ? [] : [folder]), ...(options.repair && !isRestart ? ['repair'] : [])],
      {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        // Node.js caches the compiled code with types stripped, which halves the start-up time.
        env: {
          NODE_COMPILE_CACHE: compileCacheFolder(),
          AWS_REGION: options.region,
          AWS_ACCOUNT_ID: options.accountId,
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        // Ctrl-C must reach only the twin, which then ends this process.
        detached: true,
      },
    );
    // This process ends with the twin. The next twin need not wait for it.
    if (child.pid !== undefined) runFolder.remember(child.pid);
    address = listening(child, data, options.onFault).then((port) =>
      port === undefined ? { socketPath } : { url: new URL(`http://127.0.0.1:${port}`) },
    );
    // Callers of address() receive the rejection. Without this handler it would be unhandled until the first call.
    address.catch(() => {});
    watch(child, isRestart);
  };

  const watch = (watched: ChildProcess, isRestart: boolean): void => {
    let output = '';
    watched.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-maxReport);
    });
    const opened = address.then(
      () => undefined,
      (error: Error) => error,
    );
    const runsSince = performance.now();
    const exited = new Promise<void>((resolve) => {
      watched.once('exit', () => resolve()).once('error', () => resolve());
    });
    // The caller of address() receives the failure of the first start.
    if (isRestart) void opened.then((failure) => restarted(failure, exited));
    watched.once('close', async () => {
      if ((await opened) !== undefined || stopping) return;
      if (performance.now() - runsSince > longRun) pause = firstPause;
      ended(output.trimEnd());
    });
  };

  const ended = (output: string): void => {
    if (folder === undefined) {
      const lost = 'Its tables were in memory and are lost: start the twin again.';
      options.onFault(`The process of the database (dynalite) ended unexpectedly. ${lost}\n${output}`);
      address = rejected(new Error(`dynalite has ended. ${lost}`));
      return;
    }
    options.onFault(`The process of the database (dynalite) ended unexpectedly. Restarting it on ${data}.\n${output}`);
    // A process that ends soon after a restart is restarted after a pause.
    if (pause === firstPause) start(true);
    else timer = setTimeout(start, pause, true);
    pause = Math.min(2 * pause, longestPause);
  };

  const restarted = async (failure: Error | undefined, exited: Promise<void>): Promise<void> => {
    if (failure === undefined) {
      options.onFault(`The database has restarted on ${data}.`);
      return;
    }
    await exited;
    if (stopping) return;
    const seconds = pause / 1000;
    options.onFault(`${failure.message}\nNext restart attempt in ${seconds} s. Until then, requests to it fail.`);
    timer = setTimeout(start, pause, true);
    pause = Math.min(2 * pause, longestPause);
  };

  start(false);
  return {
    address: () => address,
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        const killing = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
        if (child.connected) child.disconnect();
        await exited;
        clearTimeout(killing);
      }
      if (socketPath.startsWith('/tmp/items-')) rmSync(dirname(socketPath), { recursive: true, force: true });
      runFolder.remove();
    },
  };
};

const dataFolder = (data: string): string => {
  const remedy = 'Name another folder with --data, or use --memory.';
  if (data === '') throw new LocalError('INVALID_PARAMETER', `The data folder has no name. ${remedy}`);
  const folder = join(resolve(data), 'dynamodb');
  try {
    // Only its owner has access: the tables may contain private data.
    makeFolder(folder);
    return folder;
  } catch (error) {
    const message = `The data folder ${shown(data)} cannot be created: ${whyNotMade(error as NodeJS.ErrnoException)}. ${remedy}`;
    throw new LocalError('INVALID_PARAMETER', message, { cause: error });
  }
};

const whyNotMade = ({ code, path = '', message }: NodeJS.ErrnoException): string => {
  switch (code) {
    case 'ENOTDIR':
      return 'a part of its path is a file';
    case 'EEXIST':
      return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
        ? `${shown(path)} is a broken symbolic link`
        : 'a file with this name exists';
    case 'ENOENT':
      return `the file system does not allow the folder ${shown(path)}`;
    case 'ENAMETOOLONG':
      return 'its path is too long for the file system';
    case 'ELOOP':
      return 'its path contains a cycle of symbolic links';
    default:
      return message;
  }
};

/** Shortens a path, which may be as long as a command line. */
const shown = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);

/** Returns a name that other processes cannot guess. A named pipe on Windows is not protected by a folder. */
const socketIn = (folder: string): string => {
  const name = crypto.randomUUID();
  if (process.platform === 'win32') return `\\\\.\\pipe\\items-${name}`;
  const path = join(folder, name.slice(0, 8));
  // The path of a socket can have 103 bytes on macOS and 107 on Linux (unix(7)). Many temporary folders have longer paths.
  return Buffer.byteLength(path) <= mostPathBytes ? path : join(mkdtempSync('/tmp/items-'), 'socket');
};

const mostPathBytes = 103;

const listening = (
  child: ChildProcess,
  data: string | undefined,
  onFault: DynaliteOptions['onFault'],
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    child.once('message', (message: DynaliteMessage) => {
      if (message.kind === 'ready') {
        if (message.lost !== undefined) onFault(lostText(data ?? '', message.lost));
        if (message.repaired !== undefined) onFault(repairedText(data ?? '', message.repaired));
        resolve(message.port);
        return;
      }
      child.disconnect();
      reject(openFailure(data ?? '', message));
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
const firstPause = 250;
const longestPause = 5000;
/** Milliseconds. If a process has run longer, its end counts as a new fault and not as a repetition of the last one. */
const longRun = 10_000;
