import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTwinFile, writeTwinFile } from '../../../src/cli/show/twin-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-twin-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const access = { endpoint: 'http://127.0.0.1:1234', accessKeyId: 'AKIA', secretAccessKey: 's', region: 'eu-west-1' };

describe('the file of a twin in its data folder', () => {
  it('can be read by its owner only, also in place of one that others can read, and is removed', () => {
    writeFileSync(join(folder, 'twin.json'), '{');
    chmodSync(join(folder, 'twin.json'), 0o644);
    expect(readTwinFile(folder)).toBeUndefined();
    const remove = writeTwinFile(folder, access);
    expect(readTwinFile(folder)).toEqual(access);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'twin.json')).mode & 0o777).toBe(0o600);
    remove();
    expect(readdirSync(folder)).toEqual([]);
    expect(readTwinFile(folder)).toBeUndefined();
    remove();
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...access, endpoint: 'x' }),
    JSON.stringify({ endpoint: access.endpoint }),
  ])('is not followed if it is %s', (text) => {
    writeFileSync(join(folder, 'twin.json'), text);
    expect(readTwinFile(folder)).toBeUndefined();
  });
});
