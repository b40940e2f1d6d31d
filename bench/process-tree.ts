import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memory of a process and all that it has started, in MB: what each has to itself, and of what several share its part (Pss).
 * Undefined where the system has no such figures, which is anywhere but on Linux.
 */
export const memoryOf = (pid: number): number | undefined => {
  try {
    return descendants(pid, processes()).reduce((sum, each) => sum + proportionalSize(smaps(each)), 0) / 1024;
  } catch {
    return undefined;
  }
};

/** A process and those that it has started, and so on, given the parent of each. */
export const descendants = (pid: number, parents: ReadonlyMap<number, number>): number[] => [
  pid,
  ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => descendants(child, parents)),
];

/** Kilobytes of `Pss` in a smaps_rollup; none for a process that has just ended. */
export const proportionalSize = (rollup: string): number => Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);

/** Parent by process, from the fourth field of stat: the second is a name in brackets that may contain anything. */
const processes = (): Map<number, number> =>
  new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = /\) \w (\d+) /.exec(read(`/proc/${name}/stat`))?.[1];
        return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
      }),
  );

const smaps = (pid: number): string => read(`/proc/${pid}/smaps_rollup`);

/** Empty for what is gone: processes end while one looks. */
const read = (file: string): string => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
};
