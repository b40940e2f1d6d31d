import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { notActedOn } from '../../src/local/known-differences.ts';

const directory = mkdtempSync(join(tmpdir(), 'items-readme-test-'));
const readme = join(directory, 'README.md');
afterAll(() => rmSync(directory, { recursive: true }));

const write = (...args: string[]): Promise<{ code: unknown; stderr: string }> =>
  new Promise((done) => {
    const parameters = [resolve('src/cli/known-differences.ts'), '--readme', readme, ...args];
    execFile(process.execPath, parameters, (error, _stdout, stderr) => done({ code: error?.code ?? 0, stderr }));
  });

it('writes the list between its marks, finds no drift then, and tells it', async () => {
  const original = readFileSync('README.md', 'utf8');
  const [before = '', after = ''] = original.split(/(?<=<!-- Known.*-->\n).*(?=<!-- End of the known)/s);
  writeFileSync(readme, `${before}stale\n${after}`);
  expect(await write('--check')).toEqual({ code: 1, stderr: expect.stringContaining('drifted') });
  expect(await write()).toEqual({ code: 0, stderr: '' });
  expect(await write('--check')).toEqual({ code: 0, stderr: '' });
  const written = readFileSync(readme, 'utf8');
  expect(written.startsWith(before) && written.endsWith(after)).toBe(true);
  for (const path of Object.values(notActedOn).flatMap(Object.keys)) expect(written).toContain(`\`${path}\``);
});

it('touches no file without a place for the list', async () => {
  writeFileSync(readme, '# Read me\n');
  expect(await write()).toEqual({ code: 1, stderr: expect.stringContaining('put the lines <!-- Known differences') });
  expect(readFileSync(readme, 'utf8')).toBe('# Read me\n');
});
