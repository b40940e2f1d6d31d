import { mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type ChangedFile, changedFiles, databaseFiles, forgetFiles } from './closed-files.ts';

/** Data that LevelDB dropped or did not find when it opened the database. */
export interface Lost {
  readonly file: string;
  readonly bytes: number;
}

/** The result of a repair. */
export interface Repaired {
  readonly items: number;
  /** Files that were missing or damaged. Undefined if there was no valid note to compare with. */
  readonly damaged?: readonly string[];
}

/** Methods of dynalite's database that the twin uses. */
export interface LevelDatabase {
  open(): Promise<void>;
  iterator(options: { readonly valueEncoding: 'buffer' }): AsyncIterable<readonly [key: string, value: Buffer]>;
  del(key: string): Promise<void>;
}

type Opening = (database: LevelDatabase) => Promise<{ readonly lost?: Lost | undefined; readonly repaired?: Repaired }>;

/**
 * Prepares the database of a folder: repairs it, or rejects a damaged one. Without some of its files, LevelDB would begin an
 * empty database and delete the files that it no longer refers to. Returns the function that opens the database.
 */
export const prepareFolder = async (folder: string, repair: boolean): Promise<Opening> => {
  const changed = changedFiles(folder);
  return repair ? repairFolder(folder, changed) : checkFolder(folder, changed);
};

const repairFolder = async (folder: string, changed: readonly ChangedFile[] | undefined): Promise<Opening> => {
  const { ClassicLevel } = classicLevel();
  setFoldersAside(folder);
  // `repair` does not check whether another process has the database open. Opening it does.
  const database = new ClassicLevel(folder, { createIfMissing: false });
  const failure = await database.open().then(
    () => undefined,
    (error: Error) => error.cause as NodeJS.ErrnoException,
  );
  if (failure?.code === 'LEVEL_LOCKED') throw failure;
  await database.close();
  forgetFiles(folder);
  await ClassicLevel.repair(folder);
  return async (repaired) => {
    await repaired.open();
    const { items, broken } = await readAll(repaired);
    // A repair keeps the content of a damaged block that has the form of a record.
    for (const key of broken) await repaired.del(key);
    return { repaired: { items, ...(changed && { damaged: changed.map(({ name }) => name) }) } };
  };
};

const checkFolder = async (folder: string, changed: readonly ChangedFile[] | undefined): Promise<Opening> => {
  if (lacksCurrent(folder)) throw new Damaged('CURRENT is missing');
  const others = changed?.filter((file) => !isLog(file)) ?? [];
  // If the note is no longer valid, another process has opened the database in the meantime.
  if (others.length > 0 && changedFiles(folder) !== undefined) throw new Damaged(others.map(changeText).join(', '));
  return async (database) => {
    await database.open();
    forgetFiles(folder);
    // Without a note all records are read now. Otherwise the first request that reads a damaged block would end this process.
    const { broken } = changed === undefined ? await readAll(database) : { broken: [] };
    if (broken.length > 0) throw new Damaged(`${broken.length} records cannot be read`);
    const log = changed?.find(isLog);
    return { lost: droppedIn(folder) ?? (log && { file: log.name, bytes: log.fewerBytes }) };
  };
};

class Damaged extends Error {
  readonly code = 'LEVEL_CORRUPTION';
}

const isLog = ({ name }: ChangedFile): boolean => name.endsWith('.log');

const changeText = ({ name, isMissing }: ChangedFile): string =>
  `${name} ${isMissing ? 'is missing' : 'has changed since the last session'}`;

/** Returns true if a folder contains items but not CURRENT, the file that LevelDB reads first. */
const lacksCurrent = (folder: string): boolean => {
  const names = readdirSync(folder);
  return !names.includes('CURRENT') && names.some((name) => /^\d+\.(ldb|log)$/.test(name) && size(join(folder, name)) > 0);
};

const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Moves folders that have the name of a database file to `lost`, where a repair of LevelDB moves unreadable files. */
const setFoldersAside = (folder: string): void => {
  for (const name of [...databaseFiles(folder), 'LOCK']) {
    if (!statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory()) continue;
    mkdirSync(join(folder, 'lost'), { recursive: true });
    renameSync(join(folder, name), join(folder, 'lost', `${name}.folder`));
  }
};

/** Reads all records. Returns the number of items, and the keys of records that are not JSON. */
const readAll = async (database: LevelDatabase): Promise<{ readonly items: number; readonly broken: readonly string[] }> => {
  let items = 0;
  const broken: string[] = [];
  for await (const [key, value] of database.iterator({ valueEncoding: 'buffer' })) {
    if (!isJson(value)) broken.push(key);
    else if (key.startsWith('item-')) items++;
  }
  return { items, broken };
};

const isJson = (value: Buffer): boolean => {
  try {
    JSON.parse(utf8.decode(value));
    return true;
  } catch {
    return false;
  }
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Returns the records of the log that LevelDB dropped because their checksum is wrong. LevelDB reports them only in LOG. */
const droppedIn = (folder: string): Lost | undefined => {
  const found = [...logOf(folder).matchAll(/ignoring error\) .*?([^/\\]+\.log): dropping (\d+) bytes/g)];
  const [, file = ''] = found[0] ?? [];
  return found.length === 0 ? undefined : { file, bytes: found.reduce((sum, [, , bytes]) => sum + Number(bytes), 0) };
};

/** Returns LevelDB's own log, or '' if it cannot be read: LevelDB also runs without it. */
const logOf = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'LOG'), 'utf8');
  } catch {
    return '';
  }
};

const classicLevel = (): { readonly ClassicLevel: ClassicLevelClass } => {
  const require = createRequire(import.meta.url);
  const ofLevel = createRequire(createRequire(require.resolve('dynalite')).resolve('level'));
  return ofLevel('classic-level');
};

interface ClassicLevelClass {
  new (location: string, options: object): { open(): Promise<void>; close(): Promise<void> };
  repair(location: string): Promise<void>;
}
