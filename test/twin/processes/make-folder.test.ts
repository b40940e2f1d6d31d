import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../../src/twin/dynamodb/dynalite-process.ts';
import { makeFolder } from '../../../src/twin/processes/make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'items-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a folder', () => {
  it('is created with those above it, for its owner alone, and may be there already', () => {
    const path = join(folder, 'a/b/c');
    makeFolder(path);
    makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
  });

  it('is reached through a link', () => {
    symlinkSync(folder, join(folder, 'link'), 'dir');
    makeFolder(join(folder, 'link/there'));
    expect(existsSync(join(folder, 'there'))).toBe(true);
  });
});

describe('a data folder that cannot be', () => {
  const options = { region: 'eu-west-1', accountId: '123456789012', onFault: () => {} };
  const fault = (data: string): unknown => {
    try {
      return startDynalite({ ...options, data });
    } catch (error) {
      return error;
    }
  };
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
  const long = join(folder, 'x'.repeat(5000));

  it.each([
    ['a file', join(folder, 'file'), 'a file with this name exists'],
    ['below a file', join(folder, 'file/below'), 'a file with this name exists'],
    ['a broken link', join(folder, 'broken'), `${join(folder, 'broken')} is a broken symbolic link`],
    ['too long', long, 'its path is too long for the file system'],
    // Node.js itself never comes back from these.
    ...(existsSync('/proc/self')
      ? [
          ['of processes', '/proc/x', 'the file system does not allow the folder /proc/x'],
          ['in the folder of processes', '/proc', 'the file system does not allow the folder /proc/dynamodb'],
        ]
      : []),
  ])('as it is %s is named, with the reason', (_what, data, reason) => {
    const message = (fault(data) as Error).message;
    expect(message).toMatch(new RegExp(`^The data folder ${data.slice(0, 100)}`));
    expect(message).toContain(`cannot be created: ${reason}. Name another folder with --data, or use --memory.`);
    expect(message.length).toBeLessThan(500);
  });
});
