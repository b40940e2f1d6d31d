import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execute } from '../scan/execute.ts';
import { pythonPrograms } from '../scan/python.ts';

/** Folder of the peers' handlers, with what those in JavaScript import installed beside them. */
export const installPeers = (): Promise<string> => installPackages('peers');

/** Installs what the package-lock.json of a folder of the bench names, and keeps it for the next run. The folder's path. */
export const installPackages = async (name: string): Promise<string> => {
  const folder = join(import.meta.dirname, name);
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules', 'installed.json');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return folder;
  console.error(`installing what bench/${name} names into bench/${name}/node_modules`);
  await execute('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  // Last, so that an installation that broke off is made anew.
  copyFileSync(lock, installed);
  return folder;
};

/** What a folder of the bench has installed, for a note: names and versions. */
export const versionsIn = (name: string): string => {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(import.meta.dirname, name, 'package.json'), 'utf8'),
  );
  return Object.entries(dependencies)
    .map((pair) => pair.join(' '))
    .join(', ');
};

/** The same of a file of Python's requirements. */
export const requirementsIn = (file: string): string =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .replaceAll('==', ' ')
    .replaceAll(/\n+/g, ', ');

/** The Python that has what the peers in Python import. */
export const installPython = async (): Promise<string> =>
  join(await pythonPrograms(resolve(import.meta.dirname, '../.venv/bench'), join(peers, 'requirements.txt')), 'python');

const peers = join(import.meta.dirname, 'peers');
