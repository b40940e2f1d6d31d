import { existsSync, statSync } from 'node:fs';
import { LocalError } from '../../cloudformation/errors.ts';
import { type OnWait, tellWait } from '../processes/tell-wait.ts';
import { askProgram, askTimeout } from './ask-program.ts';

/** The interpreter that runs functions in Python. */
export interface Python {
  readonly executable: string;
  /** For example `3.13.1`. */
  readonly version: string;
}

export interface FindOptions {
  /** Aborts the search. The reason of the signal is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: OnWait | undefined;
}

/**
 * Returns an interpreter, `python3` by default, after checking its version. The program runs once per process of the twin and can
 * take up to the timeout. `wanted` begins the message of the LocalError for an interpreter that cannot be used or is too old.
 */
export const findPython = async (wanted: string, program = 'python3', options: FindOptions = {}): Promise<Python> => {
  await askPython(program, options);
  return foundPython(wanted, program);
};

/** Runs an interpreter and stores its version. `foundPython` later throws if the interpreter cannot be used. */
export const askPython = async (program = 'python3', options: FindOptions = {}): Promise<void> => {
  if (!known.has(program)) known.set(program, await ask(program, options));
};

/** Returns an interpreter that `askPython` has checked. Throws as `findPython` does. */
export const foundPython = (wanted: string, program = 'python3'): Python => {
  const python = known.get(program);
  if (python === undefined) throw new Error(`the version of ${program} was not checked`);
  if (typeof python === 'string') {
    const remedy = 'Install Python 3.9 or later, or name one with --python PATH.';
    throw new LocalError('RUNTIME_MISSING', `${wanted}, but ${python}. ${remedy}`);
  }
  const [major = 0, minor = 0] = python.version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 9)) {
    const remedy = 'Name another one with --python PATH.';
    const problem = `${python.executable} is Python ${python.version}, older than the 3.9 that the twin needs`;
    throw new LocalError('RUNTIME_MISSING', `${wanted}, but ${problem}. ${remedy}`);
  }
  return python;
};

const known = new Map<string, Python | string>();

/** Returns version and path of an interpreter, or the reason why a program is not one. */
const ask = async (program: string, { signal, onWait }: FindOptions): Promise<Python | string> => {
  if (program === '') return '--python is empty';
  const code = 'import sys; print("%d.%d.%d %s" % (sys.version_info[:3] + (sys.executable,)))';
  try {
    const asked = askProgram(program, ['-I', '-S', '-c', code], { signal });
    const { status, stdout } = await tellWait(asked, waiting(program), onWait);
    const [, version, executable] = /^(\d+\.\d+\.\d+) (.+)$/m.exec(status === 0 ? stdout : '') ?? [];
    if (version !== undefined && executable !== undefined) return { version, executable };
    return `${program} is not a Python 3 interpreter: its version check ${status === 0 ? 'returns no version' : 'fails'}`;
  } catch (error) {
    signal?.throwIfAborted();
    return whyNotRun(program, error as NodeJS.ErrnoException);
  }
};

const waiting = (program: string): string => `waiting up to ${askTimeout / 1000} s for ${program} to print its version`;

const whyNotRun = (program: string, { code, message }: NodeJS.ErrnoException): string => {
  const isPath = /[\\/]|^\.\.?$/.test(program);
  if (isPath && statSync(program, { throwIfNoEntry: false })?.isDirectory())
    return `${program} is a directory, not a program`;
  switch (code) {
    case 'ENOENT':
      if (isPath && existsSync(program)) return `${program} is a script whose interpreter is not on this machine`;
      return isPath ? `there is no file ${program}` : `there is no program ${program} on PATH`;
    case 'EACCES':
      return `${program} cannot be executed: its permissions do not allow it`;
    case 'ENOEXEC':
      return `${program} is not a program for this machine`;
    case 'ETIMEDOUT':
      return `${program} did not print its version within ${askTimeout / 1000} s. It is not a Python interpreter, or it hangs`;
    default:
      return `${program} cannot be started: ${message}`;
  }
};
