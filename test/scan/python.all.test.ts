import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pythonPrograms } from '../../scan/python.ts';
import { orUnprepared, Unprepared } from '../../scan/unprepared.ts';
import { noShell } from '../windows.ts';

let directory: string;
let environment: string;
let requirements: string;
let said: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'items-python-'));
  environment = join(directory, 'venv');
  requirements = join(directory, 'requirements.txt');
  writeFileSync(requirements, '');
  said = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(line));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

/** Has python3 be this script of a shell, and nothing else of that name be found. */
const pythonIs = (script?: string): void => {
  const programs = join(directory, 'programs');
  mkdirSync(programs);
  if (script !== undefined) program(join(programs, 'python3'), script);
  vi.stubEnv('PATH', programs);
};
const program = (path: string, script: string): void => {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
};

describe.skipIf(noShell)('an environment (needs /bin/sh)', () => {
  const installing = () => [`installing what ${requirements} names into ${environment}`];

  it('is made once, after a word about it', async () => {
    await pythonPrograms(environment, requirements);
    expect(said).toEqual(installing());
    await pythonPrograms(environment, requirements);
    expect(said).toEqual(installing());
  });

  it('is made anew if its Python is gone', async () => {
    // As python3 makes one, as far as is asked here: a pip that starts, or one whose interpreter is not there.
    pythonIs(`/bin/mkdir -p "$4/bin" && printf '#!/bin/sh\\n' > "$4/bin/pip" && /bin/chmod +x "$4/bin/pip"`);
    await pythonPrograms(environment, requirements);
    program(join(environment, 'bin', 'pip'), '');
    await pythonPrograms(environment, requirements);
    expect(said).toHaveLength(1);
    rmSync(join(environment, 'bin', 'pip'));
    symlinkSync(join(directory, 'gone'), join(environment, 'bin', 'pip'));
    await pythonPrograms(environment, requirements);
    expect(said).toHaveLength(2);
  });

  it.each<[what: string, script: string | undefined, message: RegExp]>([
    ['python3', undefined, /^python3 is not here: install it and try again\.$/],
    [
      'ensurepip',
      'echo "not created successfully because ensurepip is not available"; exit 1',
      /^python3 here makes no virtual environments, .*: install them, on Debian and Ubuntu with the package python3-venv\.$/,
    ],
    ['venv', 'echo "No module named venv" >&2; exit 1', /python3-venv\.$/],
    [
      'a network',
      `/bin/mkdir -p "$4/bin" && printf '#!/bin/sh\\necho "ERROR: none" >&2; exit 1' > "$4/bin/pip" && /bin/chmod +x "$4/bin/pip"`,
      /^pip could not install what .* names: see to its network .* It said: ERROR: none$/,
    ],
  ])('is not made without %s, which a sentence says', async (_what, script, message) => {
    pythonIs(script);
    const failure: unknown = await pythonPrograms(environment, requirements).catch((error) => error);
    expect(failure).toBeInstanceOf(Unprepared);
    expect((failure as Error).message).toMatch(message);
  });
});

it('ends a program with 1 and the sentence, and hides no other error', async () => {
  await expect(orUnprepared(async () => Promise.reject(new Unprepared('There is none.')))).resolves.toBe(1);
  expect(said).toEqual(['There is none.']);
  await expect(orUnprepared(async () => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
  await expect(orUnprepared(async () => 0)).resolves.toBe(0);
});
