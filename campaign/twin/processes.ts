import { readdirSync, readFileSync } from 'node:fs';

/** A process of a twin. */
export interface TwinProcess {
  readonly pid: number;
  readonly parent: number;
  /** Ticks since the start of the system. Together with the id it identifies a process permanently. */
  readonly started: number;
  readonly role: Role;
}

export type Role = 'main' | 'database' | 'function' | 'supervisor';

/**
 * Lists the processes of the twins that run with `folder` as TMPDIR, from /proc. The folder is in the arguments or the
 * environment of each process, also if its parent has ended. Zombies have neither, so they are not listed.
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
      // The process has ended in the meantime, or belongs to another user.
      return [];
    }
  });

const roleOf = (command: readonly string[], variables: readonly string[]): Role => {
  if (variables.some((one) => one.startsWith('LAMBDA_TASK_ROOT='))) return 'function';
  if (command.some((one) => one.endsWith('/dynalite.ts'))) return 'database';
  return command.includes('supervisor') ? 'supervisor' : 'main';
};

/** Returns parent and start time of a process (proc_pid_stat(5)). Throws if the process has ended. */
const readStat = (pid: number): Pick<TwinProcess, 'parent' | 'started'> => {
  // The second field is the name in parentheses, which may contain any character.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return { parent: Number(fields[1]), started: Number(fields[19]) };
};

/** Returns the processes of a list that are neither the process `pid` nor its descendants. */
export const outsideOf = (pid: number, processes: readonly TwinProcess[]): TwinProcess[] => {
  const parents = new Map(processes.map((one) => [one.pid, one.parent]));
  const isInside = (one: number | undefined): boolean => one !== undefined && (one === pid || isInside(parents.get(one)));
  return processes.filter((one) => !isInside(one.pid));
};

/** Kills a process. Does nothing if it has already ended. */
export const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended.
  }
};
