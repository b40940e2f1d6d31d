import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCacheFolder, privateFolder } from '../../src/twin/processes/private-folder.ts';
import { kill, processesIn, type TwinProcess } from './processes.ts';

/** A folder in which twins run, one at a time. They write nothing outside it. */
export interface Place {
  readonly path: string;
  /** TMPDIR of the twins. */
  readonly temporary: string;
  /** Returns the path of a data folder that does not exist yet. */
  newData(): string;
  /** Returns the processes of twins in this place. */
  processes(): TwinProcess[];
  /** Returns the names of the twins' run folders in this place. Each name has the process id of its twin between hyphens. */
  runFolders(): string[];
  /** Kills the remaining processes of this place, and removes the folder. */
  remove(): void;
}

/** Creates a place. It is removed at the latest when the campaign ends, also if that is interrupted. */
export const createPlace = (signal: AbortSignal): Place => {
  // The name is short, because the path of a socket in it may have at most 103 bytes.
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'items-c-'));
  const temporary = join(path, 'tmp');
  mkdirSync(temporary);
  const [shared, own] = [compileCacheFolder(), privateFolder(temporary)];
  // A start takes half the time with compiled code.
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
