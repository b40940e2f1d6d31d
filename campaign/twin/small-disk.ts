import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';

/** A small tmpfs in its own mount namespace, which other processes of the machine do not see. */
export interface SmallDisk {
  /** Path of the disk in the namespace. */
  readonly path: string;
  /** Command that runs a program in the namespace. */
  readonly through: readonly string[];
  /** Uses all free space. */
  fill(): void;
  /** Frees the space used by `fill`. */
  free(): void;
  remount(mode: 'ro' | 'rw'): void;
  unmount(): void;
}

/** Mounts a disk, as root or in a user namespace. Returns the reason if neither is possible. */
export const mountDisk = async (place: Place, megabytes: number): Promise<SmallDisk | string> => {
  const path = join(place.path, 'disk');
  mkdirSync(path, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && echo mounted && read -r _`;
  const user = isRoot ? [] : ['--user', '--map-root-user'];
  const holder = spawn('unshare', [...user, '--mount', 'sh', '-c', script, 'sh', path]);
  let reason = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => {
    reason += text;
  });
  const failed = new Promise<string>((resolve) => {
    holder.once('error', ({ message }) => resolve(message));
    holder.once('close', (code) => resolve(reason.trim() || `unshare ended with ${code}`));
  });
  const failure = await Promise.race([failed, once(holder.stdout, 'data').then(() => undefined)]);
  if (failure !== undefined) return `no disk can be mounted: ${failure}`;
  const enter = isRoot ? [] : ['--user', '--preserve-credentials'];
  const through = ['nsenter', `--target=${holder.pid}`, ...enter, '--mount'];
  const ballast = join(`/proc/${holder.pid}/root`, path, 'ballast');
  return {
    path,
    through,
    fill: () => writeAll(ballast),
    free: () => rmSync(ballast, { force: true }),
    remount(mode) {
      const [program = '', ...args] = [...through, 'mount', '-o', `remount,bind,${mode}`, path];
      const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`the disk cannot be remounted: ${stderr}`);
    },
    // The mount is removed with the last process of the namespace.
    unmount: () => void holder.kill('SIGKILL'),
  };
};

/** Writes to a file until there is no space left. */
const writeAll = (file: string): void => {
  const descriptor = openSync(file, 'a');
  try {
    for (const size of [65_536, 4096, 1])
      for (;;) {
        if (!writes(descriptor, Buffer.alloc(size))) break;
      }
  } finally {
    closeSync(descriptor);
  }
};

const writes = (descriptor: number, bytes: Buffer): boolean => {
  try {
    writeSync(descriptor, bytes);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
};
