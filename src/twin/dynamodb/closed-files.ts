import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/*
 * LevelDB does not detect that its newest log is truncated or missing, or that the bytes of a table file have changed. A session
 * that ends normally therefore writes a note with the size and checksum of each file. If LevelDB's own log (LOG) differs from the
 * note, another process has opened the database since, and the note is not valid.
 */

/** A file of the database that has changed since the last session. */
export interface ChangedFile {
  readonly name: string;
  /** True if the file is missing. */
  readonly isMissing: boolean;
  /** Number of bytes by which the file is shorter than before. */
  readonly fewerBytes: number;
}

/**
 * Writes the note about the files of a closed database. If that fails, it deletes the note, and the next start cannot compare.
 */
export const noteFiles = (folder: string): void => {
  try {
    const files = Object.fromEntries(databaseFiles(folder).map((name) => [name, describe(join(folder, name))]));
    writeFileSync(join(folder, noteName), `${JSON.stringify(files)}\n`, { mode: 0o600 });
  } catch {
    forgetFiles(folder);
  }
};

/** Deletes the note before the database changes. */
export const forgetFiles = (folder: string): void => {
  try {
    rmSync(join(folder, noteName), { force: true });
  } catch {
    // If no file can be deleted here, LevelDB cannot write its log either, and reports the cause.
  }
};

/** Returns the files that have changed since the last session, or undefined if there is no valid note. */
export const changedFiles = (folder: string): readonly ChangedFile[] | undefined => {
  try {
    const noted = JSON.parse(readFileSync(join(folder, noteName), 'utf8')) as Readonly<Record<string, FileState>>;
    const { LOG: log, ...files } = noted;
    if (log === undefined || !isSame(log, describe(join(folder, 'LOG')))) return undefined;
    return Object.entries(files).flatMap(([name, before]) => {
      const now = existing(join(folder, name));
      if (now !== undefined && isSame(before, now)) return [];
      return [{ name, isMissing: now === undefined, fewerBytes: Math.max(0, before.bytes - (now?.bytes ?? 0)) }];
    });
  } catch {
    return undefined;
  }
};

/** Returns the names of the files of the database. */
export const databaseFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /^(\d+\.(ldb|log)|MANIFEST-\d+|CURRENT|LOG)$/.test(name));

interface FileState {
  readonly bytes: number;
  readonly crc32: number;
}

const noteName = 'closed.json';

const describe = (file: string): FileState => {
  const content = readFileSync(file);
  return { bytes: content.length, crc32: crc32(content) };
};

/** Returns undefined if the file cannot be read. */
const existing = (file: string): FileState | undefined => {
  try {
    return describe(file);
  } catch {
    return undefined;
  }
};

const isSame = (one: FileState, other: FileState): boolean => one.bytes === other.bytes && one.crc32 === other.crc32;
