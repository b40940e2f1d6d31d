import { spawnSync } from 'node:child_process';
import { LocalError } from '../errors.ts';

/** The interpreter that runs functions in Python. */
export interface Python {
  readonly executable: string;
  /** Such as `3.13.1`. */
  readonly version: string;
}

/**
 * Asks an interpreter, `python3` unless one is named, who it is. `wanted` says what for in the message of the LocalError that
 * tells of one that is missing or too old. An answer is remembered.
 */
export const findPython = (wanted: string, program = 'python3'): Python => {
  const python = known.get(program) ?? ask(program);
  if (python === undefined) {
    const remedy = 'Install Python 3.9 or later, or name one with --python PATH.';
    throw new LocalError('RUNTIME_MISSING', `${wanted}, and there is no ${program} on this machine. ${remedy}`);
  }
  const [major = 0, minor = 0] = python.version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 9)) {
    const remedy = 'Name another one with --python PATH.';
    const problem = `${python.executable} is Python ${python.version}, older than the 3.9 that the twin needs`;
    throw new LocalError('RUNTIME_MISSING', `${wanted}, but ${problem}. ${remedy}`);
  }
  known.set(program, python);
  return python;
};

const known = new Map<string, Python>();

/** Undefined if there is no such program, or if it is no Python. */
const ask = (program: string): Python | undefined => {
  const code = 'import sys; print("%d.%d.%d %s" % (sys.version_info[:3] + (sys.executable,)))';
  const { status, stdout } = spawnSync(program, ['-I', '-S', '-c', code], { encoding: 'utf8', timeout: 10_000 });
  const [, version, executable] = /^(\d+\.\d+\.\d+) (.+)$/m.exec(status === 0 ? stdout : '') ?? [];
  return version === undefined || executable === undefined ? undefined : { version, executable };
};
