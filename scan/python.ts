import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { execute } from './execute.ts';
import { Unprepared } from './unprepared.ts';

/**
 * The programs of a virtual environment that has the packages of a file of requirements. It is kept for the next run. Rejects
 * with `Unprepared` where there is no python3 that makes one, or packages cannot be had.
 */
export const pythonPrograms = async (environment: string, requirements: string): Promise<string> => {
  const programs = join(environment, 'bin');
  const installed = join(environment, 'requirements.txt');
  const isKept = existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements));
  if (isKept && (await works(programs))) return programs;
  console.error(`installing what ${name(requirements)} names into ${name(environment)}`);
  await create(environment);
  await install(programs, requirements);
  // Last, so that an installation that broke off is made anew.
  copyFileSync(requirements, installed);
  return programs;
};

/** False of an environment whose Python was upgraded away, or which was made in another folder: no program in it starts. */
const works = (programs: string): Promise<boolean> =>
  execute(join(programs, 'pip'), ['--version']).then(
    () => true,
    () => false,
  );

const create = async (environment: string): Promise<void> => {
  try {
    await execute('python3', ['-m', 'venv', '--clear', environment]);
  } catch (error) {
    if (!/ensurepip|No module named '?venv/.test(String(error))) throw error;
    const problem = 'python3 here makes no virtual environments, as its modules venv and ensurepip are not there';
    throw new Unprepared(`${problem}: install them, on Debian and Ubuntu with the package python3-venv.`, { cause: error });
  }
};

const install = async (programs: string, requirements: string): Promise<void> => {
  // Wheels only: what pip takes to build others has no hash here.
  const options = ['--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:'];
  try {
    await execute(join(programs, 'pip'), ['install', ...options, '--requirement', requirements]);
  } catch (error) {
    const said = String(error).trimEnd().split('\n').at(-1);
    throw new Unprepared(
      `pip could not install what ${name(requirements)} names: see to its network and to Python’s version, and try again. It said: ${said}`,
      { cause: error },
    );
  }
};

const root = resolve(import.meta.dirname, '..');

/** A path as a user types it in a checkout. */
const name = (path: string): string => (path.startsWith(`${root}/`) ? relative(root, path) : path);
