import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execute } from '../scan/execute.ts';
import { pythonPrograms } from '../scan/python.ts';
import { Unprepared } from '../scan/unprepared.ts';

/** Returns the folder of the peers' handlers, with the npm packages that those in JavaScript import. */
export const installPeers = (): Promise<string> => installPackages('peers');

/**
 * Installs the packages in the package-lock.json of a folder of the bench, keeps them for the next run, and returns the folder's
 * path.
 */
export const installPackages = async (name: string): Promise<string> => {
  const folder = join(import.meta.dirname, name);
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules', 'installed.json');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return folder;
  console.error(`installing what bench/${name} names into bench/${name}/node_modules`);
  try {
    await execute('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  } catch (error) {
    if (error instanceof Unprepared) throw error;
    throw new Unprepared(`npm could not install what bench/${name} names: see to its network, and try again. ${error}`, {
      cause: error,
    });
  }
  // Copied last, so that an interrupted installation is repeated.
  copyFileSync(lock, installed);
  return folder;
};

/**
 * Returns, for a note, names and versions of the dependencies in a package.json, all or some of them. The folder is relative to
 * this file.
 */
export const versionsIn = (folder: string, some?: readonly string[]): string => {
  const {
    dependencies,
    devDependencies,
  }: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(import.meta.dirname, folder, 'package.json'), 'utf8'),
  );
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => some === undefined || some.includes(name))
    .map((pair) => pair.join(' '))
    .join(', ');
};

/** Returns the same for a Python requirements file. Its path is relative to the root of the checkout. */
export const requirementsIn = (file: string, some?: readonly string[]): string =>
  [...readFileSync(resolve(import.meta.dirname, '..', file), 'utf8').matchAll(/^([\w.-]+)==([\w.]+)/gm)]
    .filter(([, name = '']) => some === undefined || some.includes(name))
    .map(([, name, version]) => `${name} ${version}`)
    .join(', ');

/** Returns the Python that has the packages that the Python peers import. */
export const installPython = async (): Promise<string> =>
  join(await pythonPrograms(resolve(import.meta.dirname, '../.venv/bench'), join(peers, 'requirements.txt')), 'python');

const peers = join(import.meta.dirname, 'peers');
