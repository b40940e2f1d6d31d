import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { LocalError } from '../errors.ts';

/** The interpreter that runs functions in Python. */
export interface Python {
  readonly executable: string;
  /** Such as `3.13.1`. */
  readonly version: string;
}

/**
 * Asks an interpreter, `python3` unless one is named, who it is. `wanted` says what for in the message of the LocalError that
 * tells of one that cannot be used or is too old. What it says, or that it says nothing, is remembered.
 */
export const findPython = (wanted: string, program = 'python3'): Python => {
  const python = known.get(program) ?? ask(program);
  known.set(program, python);
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

/** What a program says of itself, or why it is no interpreter. */
const ask = (program: string): Python | string => {
  if (program === '') return '--python names no program';
  const code = 'import sys; print("%d.%d.%d %s" % (sys.version_info[:3] + (sys.executable,)))';
  const options = { encoding: 'utf8', timeout: askTimeout, killSignal: 'SIGKILL' } as const;
  const { error, status, stdout } = spawnSync(program, ['-I', '-S', '-c', code], options);
  if (error) return whyNotRun(program, error);
  const [, version, executable] = /^(\d+\.\d+\.\d+) (.+)$/m.exec(status === 0 ? stdout : '') ?? [];
  if (version !== undefined && executable !== undefined) return { version, executable };
  return `${program} is not a Python 3 interpreter: asked for its version, it ${status === 0 ? 'says something else' : 'fails'}`;
};

/** Milliseconds. */
const askTimeout = 10_000;

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
      return `${program} is not a Python interpreter, or hangs: it has not told its version within ${askTimeout / 1000} s`;
    default:
      return `${program} cannot be started: ${message}`;
  }
};
