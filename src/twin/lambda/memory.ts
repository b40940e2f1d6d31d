import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Measures the memory of an execution environment. */
export interface MemoryMeter {
  /** Returns the maximum memory so far, in kB; undefined if the operating system does not report it. */
  peak(): number | undefined;
  close(): void;
}

/**
 * Creates a meter that reads Linux's /proc; a reading takes about 10 µs. The kernel records the peak of the runtime's resident
 * memory, so no reading comes too late. The memory of processes that the runtime started is added while they run. Processes of a
 * worker thread, and those whose parent has ended, are not measured. macOS and Windows have no /proc, and nothing is measured.
 */
export const createMemoryMeter = (pid: number): MemoryMeter => {
  const status = open(`/proc/${pid}/status`);
  const children = open(childrenOf(pid));
  let peak: number | undefined;
  let before = 0;
  return {
    peak() {
      const runtime = kilobytes('VmHWM', read(status));
      if (runtime !== undefined) peak = Math.max(peak ?? 0, runtime);
      const total = read(children) === '' ? 0 : sharedOut([pid, ...descendants(pid)]);
      // A process that is being started shares all memory with its parent for a moment: only two consecutive readings count.
      if (peak !== undefined) peak = Math.max(peak, Math.min(total, before));
      before = total;
      return peak;
    },
    close() {
      for (const file of [status, children]) if (file !== undefined) closeSync(file);
    },
  };
};

const childrenOf = (pid: number | string): string => `/proc/${pid}/task/${pid}/children`;

const descendants = (pid: number | string): string[] => {
  const children = content(childrenOf(pid)).split(' ').filter(Boolean);
  return [...children, ...children.flatMap(descendants)];
};

/** Returns the memory of several processes in kB. Shared memory is divided among them (proportional set size). */
const sharedOut = (pids: readonly (number | string)[]): number =>
  pids.reduce<number>((sum, pid) => sum + (kilobytes('Pss', content(`/proc/${pid}/smaps_rollup`)) ?? 0), 0);

const kilobytes = (name: 'VmHWM' | 'Pss', text: string): number | undefined => {
  const at = text.indexOf(`\n${name}:`);
  return at < 0 ? undefined : Number.parseInt(text.slice(at + name.length + 2), 10);
};

const open = (path: string): number | undefined => {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
};

const buffer = Buffer.alloc(4096);

/** The kernel generates a file of /proc on each read from its beginning. Reading the file of an ended process fails. */
const read = (file: number | undefined): string => {
  try {
    return file === undefined ? '' : buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
  } catch {
    return '';
  }
};

const content = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};
