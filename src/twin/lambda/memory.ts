import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Measures the memory of an execution environment. */
export interface MemoryMeter {
  /** The most that it has taken so far, in kB; nothing where the operating system does not tell. */
  peak(): number | undefined;
  close(): void;
}

/**
 * Reads Linux's /proc, at about 10 µs a reading. The kernel keeps the peak of the runtime's resident memory itself, so no
 * reading comes too late for it. What processes started by the runtime take is added while they live; those of a worker
 * thread, or whose own parent has ended, are not seen. On macOS and Windows there is no /proc, and nothing is measured.
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
      // For a moment a process that is being started shares all memory with its parent: only two readings in a row count.
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

/** Memory of processes together, in kB: what they share is shared out among them (proportional set size). */
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

/** A file of /proc is made anew whenever it is read from its beginning; that of a process that has ended fails. */
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
