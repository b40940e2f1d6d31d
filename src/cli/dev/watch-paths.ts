import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** A folder to watch, with a filter for its files. */
export interface Watched {
  readonly folder: string;
  /** True to watch its subfolders as well. */
  readonly recursive: boolean;
  /** Returns true for the name of a file whose changes are reported. */
  matches(name: string): boolean;
}

/**
 * Calls `onChange` with the paths of changed files. Changes in quick succession result in one call: an editor may write a file in
 * two steps, and a branch switch changes many files. An empty file is treated as still being written, for at most 5 s. Calls do
 * not overlap. The first call is immediate and without files, because something may have changed before. Returns a function that
 * stops watching.
 */
export const watchPaths = (
  watched: readonly Watched[],
  onChange: (files: ReadonlySet<string>) => Promise<void>,
): (() => void) => {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let stopped = false;

  const run = async (files: ReadonlySet<string>): Promise<void> => {
    isRunning = true;
    await onChange(files);
    isRunning = false;
    await runNext();
  };
  const runNext = async (): Promise<void> => {
    if (isRunning || stopped || changed.size === 0) return;
    const files = changed;
    changed = new Set();
    await run(files);
  };
  const wait = (milliseconds: number, next: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(next, milliseconds);
  };
  // A write truncates the file first. On a busy machine the content may follow much later.
  const runWritten = (): void => {
    if ([...changed].some(isEmpty)) wait(patience, () => void runNext());
    else void runNext();
  };
  const note = (file: string): void => {
    changed.add(file);
    wait(settling, runWritten);
  };
  const watchers = new Map<string, FSWatcher>();
  // Without the option `recursive`: on Linux it watches files, and loses a file that an editor replaces by renaming another.
  const watchFolder = (folder: string, { recursive, matches }: Watched): void => {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (_event, name) => {
      if (name === null) return;
      const path = join(folder, name);
      if (recursive && isFolder(path)) watchFolder(path, { folder: path, recursive, matches });
      else if (matches(name)) note(path);
    });
    watchers.set(folder, watcher);
    watcher.once('error', () => watchers.delete(folder)).once('close', () => watchers.delete(folder));
    if (!recursive) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) watchFolder(join(folder, entry.name), { folder, recursive, matches });
    }
  };
  for (const one of watched) watchFolder(one.folder, one);
  void run(new Set());
  return () => {
    stopped = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const isEmpty = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.size === 0;

/** Milliseconds without a change after which a file is considered written. */
const settling = 25;

/** Milliseconds without a change after which an empty file is considered written. */
const patience = 5000;
