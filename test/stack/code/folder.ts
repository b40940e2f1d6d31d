import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders with source files, and one call that deletes them all. */
export const sourceFolders = () => {
  const folders: string[] = [];
  return {
    /** Writes files into a new folder and returns its path. */
    write(files: Readonly<Record<string, string>>): string {
      const folder = mkdtempSync(join(tmpdir(), 'items-sources-'));
      folders.push(folder);
      for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
      return folder;
    },
    delete(): void {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
    },
  };
};

/** The message of the error that a function throws. */
export const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it threw nothing');
};

/** Functions that are called as their handlers are. */
export const functionsOf = (handlers: readonly string[]) => handlers.map((handler) => ({ name: handler, handler }));
