import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the memory in MB of a process and of all processes that it has started: private memory, and a proportional share of
 * shared memory (Pss). Returns undefined on systems other than Linux, which do not have these figures.
 */
export const memoryOf = (pid: number): number | undefined => {
  try {
    return descendants(pid, processes()).reduce((sum, each) => sum + proportionalSize(smaps(each)), 0) / 1024;
  } catch {
    return undefined;
  }
};

/** Returns a process and all its descendants, given the parent of each process. */
export const descendants = (pid: number, parents: ReadonlyMap<number, number>): number[] => [
  pid,
  ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => descendants(child, parents)),
];

/** Returns the kilobytes of `Pss` in a smaps_rollup; 0 for a process that has just ended. */
export const proportionalSize = (rollup: string): number => Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);

/**
 * Returns the parent of each process, from the fourth field of stat. The second field is a name in brackets, which may contain
 * any character.
 */
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

/** Reads a file. Returns an empty text if it no longer exists, because processes can end at any time. */
const read = (file: string): string => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
};
