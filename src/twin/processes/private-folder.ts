import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * A folder in the temporary one that no other user can read or write: what is kept there is executed by the next start. Undefined
 * if another user was there first, or if it cannot be made.
 */
export const privateFolder = (parent: string = tmpdir()): string | undefined => {
  // Undefined on Windows, where the temporary folder is the user's own, and modes say nothing.
  const uid = process.getuid?.();
  const folder = join(parent, uid === undefined ? 'items-api' : `items-api-${uid}`);
  try {
    makeFolder(folder);
    return uid === undefined || isPrivate(folder, uid) ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** Returns the folder in which Node.js keeps compiled code between starts; undefined without a private folder. */
export const compileCacheFolder = (): string | undefined => {
  const folder = privateFolder();
  return folder && join(folder, 'compile-cache');
};

/** A link would lead to where its maker wants it. */
const isPrivate = (folder: string, uid: number): boolean => {
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
};
