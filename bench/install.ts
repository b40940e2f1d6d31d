import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execute } from '../scan/execute.ts';
import { pythonPrograms } from '../scan/python.ts';

/** Folder of the peers' handlers, with what those in JavaScript import installed beside them. Kept for the next run. */
export const installPeers = async (): Promise<string> => {
  const lock = join(peers, 'package-lock.json');
  const installed = join(peers, 'node_modules', 'installed.json');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return peers;
  await execute('npm', ['ci', '--prefix', peers, '--no-audit', '--no-fund']);
  // Last, so that an installation that broke off is made anew.
  copyFileSync(lock, installed);
  return peers;
};

/** The Python that has what the peers in Python import. */
export const installPython = async (): Promise<string> =>
  join(await pythonPrograms(resolve(import.meta.dirname, '../.venv/bench'), join(peers, 'requirements.txt')), 'python');

const peers = join(import.meta.dirname, 'peers');
