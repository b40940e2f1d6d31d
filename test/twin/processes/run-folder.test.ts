import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privateFolder } from '../../../src/twin/processes/private-folder.ts';
import { createRunFolder } from '../../../src/twin/processes/run-folder.ts';
import { isAlive } from '../../cli/running.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'items-private-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

describe.skipIf(process.platform === 'win32')('a private folder (needs modes and owners)', () => {
  it("is the user's own", () => {
    const folder = privateFolder(parent) ?? '';
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(privateFolder(parent)).toBe(folder);
    chmodSync(folder, 0o770);
    expect(privateFolder(parent)).toBeUndefined();
    rmSync(folder, { recursive: true });
    mkdirSync(join(parent, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(parent, 'elsewhere'), folder);
    expect(privateFolder(parent)).toBeUndefined();
    rmSync(folder);
    writeFileSync(folder, '');
    expect(privateFolder(parent)).toBeUndefined();
  });
});

describe.skipIf(process.platform !== 'linux')('a run folder (needs /proc)', () => {
  it('goes with its twin, and what a killed twin has left goes with the next start', async () => {
    const temporary = mkdtempSync(join(parent, 'run-'));
    const runFolder = createRunFolder(temporary);
    const runs = dirname(runFolder.path);
    // A frozen function of a twin that is gone, and a process that has by now the id of another of its functions.
    const frozen = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const other = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    runFolder.remember(frozen.pid ?? 0);
    runFolder.remember(other.pid ?? 0);
    const [first = '', second = ''] = readFileSync(join(runFolder.path, 'processes'), 'utf8').trim().split('\n');
    const [namespace] = basename(runFolder.path).split('-');
    const killed = join(runs, `${namespace}-999999999-1-killed`);
    const elsewhere = join(runs, '1-999999999-1-elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(killed);
    writeFileSync(join(killed, 'processes'), `${first}\n${second.replace(/ .*/, ' 1')}\nnothing\n`);
    process.kill(frozen.pid ?? 0, 'SIGSTOP');
    const ended = once(frozen, 'exit');
    const next = createRunFolder(temporary);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(isAlive(other.pid ?? 0)).toBe(true);
    expect(existsSync(killed)).toBe(false);
    expect(existsSync(elsewhere)).toBe(true);
    expect(existsSync(runFolder.path)).toBe(true);
    for (const folder of [runFolder, next]) {
      folder.remove();
      expect(existsSync(folder.path)).toBe(false);
    }
    other.kill();
    await once(other, 'exit');
  });
});
