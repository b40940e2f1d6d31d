import { appendFileSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalError } from '../../cloudformation/errors.ts';
import { makeFolder as makeOwnFolder } from './make-folder.ts';
import { privateFolder } from './private-folder.ts';

/** A folder of a running twin, which only its user can access. */
export interface RunFolder {
  readonly path: string;
  /** Records a process group that must not outlive the twin. Errors are ignored, because the supervisor also ends the group. */
  remember(pid: number): void;
  remove(): void;
}

/**
 * Creates a run folder. First deletes the folders of twins that were killed, and on Linux kills the processes that they left. A
 * twin that ends normally deletes its folder.
 */
export const createRunFolder = (temporary: string = tmpdir()): RunFolder => {
  const parent = runsFolder(temporary);
  if (parent !== undefined) sweep(parent);
  const path = makeFolder(join(parent ?? temporary, `${pidNamespace()}-${process.pid}-${startTime(process.pid) ?? 0}-`));
  return {
    path,
    remember: (pid) => attempt(() => appendFileSync(join(path, processes), `${pid} ${startTime(pid) ?? ''}\n`)),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};

const runsFolder = (temporary: string): string | undefined => {
  const folder = privateFolder(temporary);
  return folder && attempt(() => makeOwnFolder(join(folder, 'runs')), join(folder, 'runs'));
};

/** Returns `value` if the action succeeds, undefined if it fails. Such a failure must not prevent a start. */
const attempt = <Value>(action: () => unknown, value?: Value): Value | undefined => {
  try {
    action();
    return value;
  } catch {
    return undefined;
  }
};

const makeFolder = (prefix: string): string => {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    const remedy = 'Set TMPDIR to a writable folder.';
    throw new LocalError('RESOURCE_FAILED', `Cannot create a temporary folder: ${message}. ${remedy}`, {
      cause: error,
    });
  }
};

const sweep = (parent: string): void => {
  let names: readonly string[] = [];
  attempt(() => {
    names = readdirSync(parent);
  });
  for (const name of names) {
    const [, namespace, pid = '', started = ''] = /^(\d+)-(\d+)-(\d+)-\w+$/.exec(name) ?? [];
    // A container that shares the folder has its own process ids.
    if (namespace !== pidNamespace() || isRunning(Number(pid), started)) continue;
    const path = join(parent, name);
    for (const line of readProcesses(path)) {
      const [group = '', groupStarted = ''] = line.split(' ');
      if (groupStarted !== '' && isRunning(Number(group), groupStarted)) kill(Number(group));
    }
    attempt(() => rmSync(path, { recursive: true, force: true }));
  }
};

/** Returns the number of the process's PID namespace (pid_namespaces(7)); 0 without /proc. */
const pidNamespace = (): string => {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
};

const readProcesses = (path: string): string[] => {
  try {
    return readFileSync(join(path, processes), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
};

/** Returns false if a process has ended, even if another process now has its id. */
const isRunning = (pid: number, started: string): boolean => {
  const now = startTime(pid);
  if (now !== undefined) return String(now) === started;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Returns the start time of a process in clock ticks since boot; undefined without /proc, or if the process has ended. */
const startTime = (pid: number): number | undefined => {
  try {
    // The second field is the name in parentheses, which can contain any characters; the 22nd is the start time
    // (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[19]);
  } catch {
    return undefined;
  }
};

const kill = (group: number): void => {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group has already ended.
  }
};

const processes = 'processes';
