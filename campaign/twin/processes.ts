import { readdirSync, readFileSync } from 'node:fs';

/** A process of a twin. */
export interface TwinProcess {
  readonly pid: number;
  readonly parent: number;
  /** Ticks since the start of the system. With the id it identifies a process for good. */
  readonly started: number;
  readonly role: Role;
}

export type Role = 'main' | 'database' | 'function' | 'supervisor';

/**
 * Lists the processes of the twins that run with `folder` as TMPDIR, from /proc: it is in the arguments or the environment of each,
 * also of those whose parent has ended. Zombies have neither, so they do not count.
 */
export const processesIn = (folder: string): TwinProcess[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      const variables = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (![...command, ...variables].some((text) => text.includes(folder))) return [];
      return [{ pid: Number(name), ...readStat(Number(name)), role: roleOf(command, variables) }];
    } catch {
      // It has ended meanwhile, or is another user's.
      return [];
    }
  });

const roleOf = (command: readonly string[], variables: readonly string[]): Role => {
  if (variables.some((one) => one.startsWith('LAMBDA_TASK_ROOT='))) return 'function';
  if (command.some((one) => one.endsWith('/dynalite.ts'))) return 'database';
  return command.includes('supervisor') ? 'supervisor' : 'main';
};

/** Parent and start time of a process (proc_pid_stat(5)). Throws if it has ended. */
const readStat = (pid: number): Pick<TwinProcess, 'parent' | 'started'> => {
  // The second field is the name in parentheses, which may have any characters.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return { parent: Number(fields[1]), started: Number(fields[19]) };
};

/** Of a list of processes, those that are neither the process `pid` nor started by it. */
export const outsideOf = (pid: number, processes: readonly TwinProcess[]): TwinProcess[] => {
  const parents = new Map(processes.map((one) => [one.pid, one.parent]));
  const isInside = (one: number | undefined): boolean => one !== undefined && (one === pid || isInside(parents.get(one)));
  return processes.filter((one) => !isInside(one.pid));
};

/** Kills a process. One that has ended already is none of our concern. */
export const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
};
