import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/*
 * LevelDB does not notice if its newest log is shorter or gone, or if other bytes stand in a table. So each session that ends in
 * order leaves a file that says what the others were like. Where LevelDB's own log is another one, others have opened the database
 * since, and the file says nothing.
 */

/** A file of the database that is not as the last session left it. */
export interface ChangedFile {
  readonly name: string;
  /** True if it is not there. */
  readonly isMissing: boolean;
  /** Bytes that it has less than before. */
  readonly fewerBytes: number;
}

/** Notes the files of a database that is closed. If that fails, the next start knows nothing of this session. */
export const noteFiles = (folder: string): void => {
  try {
    const files = Object.fromEntries(databaseFiles(folder).map((name) => [name, describe(join(folder, name))]));
    writeFileSync(join(folder, noteName), `${JSON.stringify(files)}\n`, { mode: 0o600 });
  } catch {
    forgetFiles(folder);
  }
};

/** Removes the note, before the database changes. */
export const forgetFiles = (folder: string): void => {
  try {
    rmSync(join(folder, noteName), { force: true });
  } catch {
    // LevelDB reports the cause: if nothing can be removed here, it cannot write its log either.
  }
};

/** The files that are not as the last session left them; undefined if nobody knows. */
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

/** Names of the files that the database consists of. */
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

/** Undefined for what cannot be read as a file. */
const existing = (file: string): FileState | undefined => {
  try {
    return describe(file);
  } catch {
    return undefined;
  }
};

const isSame = (one: FileState, other: FileState): boolean => one.bytes === other.bytes && one.crc32 === other.crc32;
