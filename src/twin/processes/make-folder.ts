import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder that only its owner can access, with missing parent folders. Throws the error of the system. It replaces the
 * option `recursive` of mkdirSync, which loops forever and blocks signals if the system returns ENOENT in an existing folder, as
 * in /proc.
 */
export const makeFolder = (folder: string): void => {
  const missing: string[] = [];
  for (let path = resolve(folder); !isFolder(path); path = dirname(path)) {
    missing.unshift(path);
    if (path === dirname(path)) break;
  }
  for (const path of missing) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      // Another process may have created it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(path)) throw error;
    }
  }
};

/** Returns false also if the system reports an error. Creating the folder then throws the reason. */
const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
