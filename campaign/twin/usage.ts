import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Place } from './place.ts';

/** Resources that the processes of a twin use. */
export interface Usage {
  readonly processes: number;
  /** Open file descriptors, including sockets. */
  readonly descriptors: number;
  readonly sockets: number;
  /** Resident memory in MB of the processes that exist as long as the twin. Functions start and end. */
  readonly memory: number;
}

/** Measures the processes of a place, from /proc. */
export const usageOf = (place: Pick<Place, 'processes'>): Usage => {
  const processes = place.processes();
  const descriptors = processes.flatMap(({ pid }) => linksIn(`/proc/${pid}/fd`));
  const lasting = processes.filter(({ role }) => role !== 'function');
  return {
    processes: processes.length,
    descriptors: descriptors.length,
    sockets: descriptors.filter((target) => target.startsWith('socket:')).length,
    memory: lasting.reduce((sum, { pid }) => sum + residentMemory(pid), 0),
  };
};

const linksIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return readlinkSync(`${folder}/${name}`);
      } catch {
        // The descriptor was closed in the meantime.
        return [];
      }
    });
  } catch {
    return [];
  }
};

/** Returns the resident memory of a process in MB (proc_pid_status(5)). */
const residentMemory = (pid: number): number => {
  try {
    return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/**
 * Returns the resources that have grown by more than the limit. Each additional function environment has descriptors and sockets,
 * in its own process and in that of the twin.
 */
export const growth = (before: Usage, after: Usage): string[] => {
  const more = Math.max(0, after.processes - before.processes);
  const allowed: Usage = { processes: 20, descriptors: 60 + 40 * more, sockets: 20 + 14 * more, memory: 300 };
  return (Object.keys(allowed) as (keyof Usage)[])
    .filter((name) => after[name] - before[name] > allowed[name])
    .map((name) => `${name} grow from ${Math.round(before[name])} to ${Math.round(after[name])}`);
};

export const usageText = ({ processes, descriptors, sockets, memory }: Usage): string =>
  `${processes} processes, ${descriptors} descriptors, ${sockets} sockets, ${Math.round(memory)} MB`;
