import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { tooOld } from '../../bin/require-node.mjs';

/** Runs a file on this Node.js, which says that it is another version. */
const runAs = (version: string, ...args: string[]) => {
  const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${code}`, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** True if esbuild has nothing to rewrite for Node.js 12; rejects if it cannot rewrite it. */
const isOld = async (code: string): Promise<boolean> => {
  const [old, current] = await Promise.all(['node12.20', 'esnext'].map((target) => transform(code, { target })));
  return old?.code === current?.code;
};

describe('Node.js is recent enough', () => {
  it.each(['22.18.0', '22.23.3', '24.3.0', '24.21.0', '25.0.0', '26.10.0', process.versions.node])('as %s', (version) => {
    expect(tooOld(version)).toBeUndefined();
  });

  it.each(['12.22.12', '18.20.8', '20.20.2', '21.7.3', '22.17.1', '23.11.1', '24.2.0'])('but not as %s', (version) => {
    expect(tooOld(version)).toMatch(
      /^The Items API needs Node\.js 24\.3 or later \(or 22\.18 .*\), but this is Node\.js [\d.]+: run "npm ci" .*\.$/,
    );
    expect(tooOld(version)).toContain(`Node.js ${version}:`);
  });
});

it('newer syntax is found', async () => {
  expect(await isOld('export const f = (a) => a.b;')).toBe(true);
  expect(await isOld('export const f = (a) => a?.b;')).toBe(false);
  await expect(isOld('await 0;')).rejects.toThrow('Top-level await is not available');
});

describe.each(['bin/items.mjs', 'bin/require-node.mjs'])('%s', (file) => {
  it('has only syntax of Node.js 12', async () => {
    expect(await isOld(readFileSync(file, 'utf8'))).toBe(true);
  });

  it('prints one sentence and nothing else on an older Node.js', () => {
    expect(runAs('20.20.2', file, '--version')).toEqual({ status: 1, stdout: '', stderr: `${tooOld('20.20.2')}\n` });
  });
});

it('items runs on a Node.js that is recent enough', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(runAs('22.18.0', 'bin/items.mjs', '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
