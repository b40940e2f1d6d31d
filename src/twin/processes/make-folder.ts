import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder for its owner alone, and the missing ones above it. Throws the error of the system if that cannot be.
 * In place of the option `recursive` of mkdirSync, which never returns, and lets no signal through, where the system returns ENOENT
 * in a folder that exists, as in /proc.
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

/** False also of what the system does not tell about: creating it then says why. */
const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
