import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { execute } from './execute.ts';
import { Unprepared } from './unprepared.ts';

/**
 * Returns the folder of the programs of a virtual environment with the packages of a requirements file. The environment is kept
 * for the next run. Rejects with `Unprepared` if no python3 can create one, or if packages cannot be installed.
 */
export const pythonPrograms = async (environment: string, requirements: string): Promise<string> => {
  const programs = join(environment, 'bin');
  const installed = join(environment, 'requirements.txt');
  const isKept = existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements));
  if (isKept && (await works(programs))) return programs;
  console.error(`installing what ${name(requirements)} names into ${name(environment)}`);
  await create(environment);
  await install(programs, requirements);
  // Copied last, so that an interrupted installation is repeated.
  copyFileSync(requirements, installed);
  return programs;
};

/** Returns false if no program in the environment starts: its Python was upgraded away, or it was created in another folder. */
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
  // Wheels only: the build dependencies that pip would install for others have no hashes here.
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

/** Returns a path as a user types it in a checkout. */
const name = (path: string): string => (path.startsWith(`${root}/`) ? relative(root, path) : path);
