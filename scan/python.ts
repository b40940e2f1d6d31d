import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.ts';

/** The programs of a virtual environment that has the packages of a file of requirements. It is kept for the next run. */
export const pythonPrograms = async (environment: string, requirements: string): Promise<string> => {
  const programs = join(environment, 'bin');
  const installed = join(environment, 'requirements.txt');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements))) return programs;
  await execute('python3', ['-m', 'venv', '--clear', environment]);
  const options = ['--quiet', '--disable-pip-version-check', '--requirement', requirements];
  await execute(join(programs, 'pip'), ['install', ...options]);
  // Last, so that an installation that broke off is made anew.
  copyFileSync(requirements, installed);
  return programs;
};
