import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Place } from './place.ts';

/** What the processes of a twin hold. */
export interface Usage {
  readonly processes: number;
  /** Open file descriptors, sockets included. */
  readonly descriptors: number;
  readonly sockets: number;
  /** Resident memory of the processes that live as long as the twin, in MB. Functions come and go. */
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
        // It was closed meanwhile.
        return [];
      }
    });
  } catch {
    return [];
  }
};

/** In MB (proc_pid_status(5)). */
const residentMemory = (pid: number): number => {
  try {
    return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** What has grown by more than it may. Each environment more of a function has descriptors and sockets, on its side and on that of the twin. */
export const growth = (before: Usage, after: Usage): string[] => {
  const more = Math.max(0, after.processes - before.processes);
  const allowed: Usage = { processes: 20, descriptors: 60 + 40 * more, sockets: 20 + 14 * more, memory: 300 };
  return (Object.keys(allowed) as (keyof Usage)[])
    .filter((name) => after[name] - before[name] > allowed[name])
    .map((name) => `${name} grow from ${Math.round(before[name])} to ${Math.round(after[name])}`);
};

export const usageText = ({ processes, descriptors, sockets, memory }: Usage): string =>
  `${processes} processes, ${descriptors} descriptors, ${sockets} sockets, ${Math.round(memory)} MB`;
