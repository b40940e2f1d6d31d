import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.ts';

/** The programs of a virtual environment below `root` that has `requirements.txt` installed. It is kept for the next run. */
export const pythonPrograms = async (root: string): Promise<string> => {
  const environment = join(root, '.venv/scan');
  const programs = join(environment, 'bin');
  const wanted = join(import.meta.dirname, 'requirements.txt');
  const installed = join(environment, 'requirements.txt');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return programs;
  await execute('python3', ['-m', 'venv', '--clear', environment]);
  const options = ['--quiet', '--disable-pip-version-check', '--requirement', wanted];
  await execute(join(programs, 'pip'), ['install', ...options]);
  // Last, so that an installation that broke off is made anew.
  copyFileSync(wanted, installed);
  return programs;
};
