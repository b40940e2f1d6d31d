import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'items-synth-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

const synth = (...args: string[]) =>
  spawnSync(process.execPath, [resolve('src/cli/synth.ts'), '--directory', directory, ...args], { encoding: 'utf8' });

describe('synth', () => {
  it('writes the templates and says how large they are, finds no drift then, and names the file that drifts', () => {
    const { stdout } = synth();
    const names = ['template.yaml', 'template.python.yaml', 'template.extras.yaml'];
    const sizes = names.map((name) => readFileSync(join(directory, name)).length);
    expect([...stdout.matchAll(/Total +(\d+) bytes/g)].map(([, size]) => Number(size))).toEqual(sizes);
    expect(synth('--check')).toMatchObject({ status: 0, stderr: '' });
    for (const name of names) appendFileSync(join(directory, name), '\n');
    const drifted = synth('--check');
    for (const name of names) {
      expect(drifted.stderr).toContain(`${name} has drifted from its source: run "npm run synth"`);
    }
    expect(drifted.status).toBe(1);
  });
});
