import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCacheFolder, privateFolder } from '../../src/twin/processes/private-folder.ts';
import { kill, processesIn, type TwinProcess } from './processes.ts';

/** A folder in which twins run, one at a time, and keep nothing outside of it. */
export interface Place {
  readonly path: string;
  /** TMPDIR of the twins. */
  readonly temporary: string;
  /** A data folder that does not exist yet. */
  newData(): string;
  /** The processes that twins have here. */
  processes(): TwinProcess[];
  /** Names of the run folders that twins have here. Each has the id of its twin between hyphens. */
  runFolders(): string[];
  /** Kills what still runs here, and removes the folder. */
  remove(): void;
}

/** Creates a place, which goes with the campaign at the latest, also if that is interrupted. */
export const createPlace = (signal: AbortSignal): Place => {
  // Short, as the path of a socket in it may have 103 bytes.
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'items-c-'));
  const temporary = join(path, 'tmp');
  mkdirSync(temporary);
  const [shared, own] = [compileCacheFolder(), privateFolder(temporary)];
  // A start takes half of the time with code that is compiled already.
  if (shared !== undefined && own !== undefined) symlinkSync(shared, join(own, 'compile-cache'));
  let folders = 0;
  const remove = (): void => {
    signal.removeEventListener('abort', remove);
    process.removeListener('exit', remove);
    for (const { pid } of processesIn(path)) kill(pid);
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  signal.addEventListener('abort', remove);
  process.once('exit', remove);
  return {
    path,
    temporary,
    newData: () => join(path, `data-${folders++}`),
    processes: () => processesIn(temporary),
    runFolders: () =>
      readdirSync(temporary).flatMap((name) =>
        name.startsWith('items-api') ? namesIn(join(temporary, name, 'runs')) : name,
      ),
    remove,
  };
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
