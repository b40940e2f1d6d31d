import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * Returns a folder in the temporary folder that no other user can read or write, because the next start executes its content.
 * Returns undefined if another user has created it, or if it cannot be created.
 */
export const privateFolder = (parent: string = tmpdir()): string | undefined => {
  // Undefined on Windows, where the temporary folder belongs to the user, and file modes do not apply.
  const uid = process.getuid?.();
  const folder = join(parent, uid === undefined ? 'items-api' : `items-api-${uid}`);
  try {
    makeFolder(folder);
    return uid === undefined || isPrivate(folder, uid) ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** Returns the folder in which Node.js caches compiled code between starts; undefined without a private folder. */
export const compileCacheFolder = (): string | undefined => {
  const folder = privateFolder();
  return folder && join(folder, 'compile-cache');
};

/** Returns true if a folder belongs to the user and no one else can access it. A link could point to a folder of another user. */
const isPrivate = (folder: string, uid: number): boolean => {
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
};
