import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noShell } from '../windows.ts';

let programs: string;

beforeEach(() => {
  programs = mkdtempSync(join(tmpdir(), 'items-programs-'));
  // All that check:browser needs until it has a browser.
  for (const name of ['bash', 'dirname']) symlinkSync(pathOf(name), join(programs, name));
});
afterEach(() => rmSync(programs, { recursive: true }));

const pathOf = (name: string): string =>
  spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
/** A browser that tells its name for its version, and ends the check there. */
const browser = (name: string): string => {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\necho "this is ${name}"\nexit 7\n`);
  chmodSync(path, 0o755);
  return path;
};
const check = (variables: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync('scripts/browser', {
    encoding: 'utf8',
    env: { PATH: programs, ...variables },
  });
  return { status, stdout, stderr };
};

const browsers = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
it.skipIf(noShell).each(browsers)('finds %s (needs bash)', (name) => {
  browser(name);
  expect(check()).toEqual({ status: 7, stdout: `this is ${name}\n`, stderr: '' });
});

it.skipIf(noShell)('takes the one that CHROMIUM names, by its path or its name (needs bash)', () => {
  browser('chromium');
  const path = browser('mine');
  for (const CHROMIUM of [path, 'mine'])
    expect(check({ CHROMIUM })).toEqual({ status: 7, stdout: 'this is mine\n', stderr: '' });
});

it.skipIf(noShell)('fails if CHROMIUM names none, and neither takes nor installs another (needs bash)', () => {
  browser('chromium');
  browser('apt-get');
  const stderr =
    'CHROMIUM is /nowhere/chromium, which is no program here. Correct it, or unset it to have one found or installed.\n';
  expect(check({ CHROMIUM: '/nowhere/chromium' })).toEqual({ status: 1, stdout: '', stderr });
});

it.skipIf(noShell)('says what it needs where it can install nothing (needs bash)', () => {
  const stderr = 'This check needs chromium (as Debian calls it). Install that with your package manager.\n';
  expect(check()).toEqual({ status: 1, stdout: '', stderr });
});
