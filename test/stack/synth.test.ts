import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'items-synth-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

const synth = (...args: string[]) =>
  spawnSync(process.execPath, [resolve('src/stack/synth.ts'), '--directory', directory, ...args], { encoding: 'utf8' });

describe('synth', () => {
  it('writes the template and says how large it is, finds no drift then, and names the file that drifts', () => {
    const { stdout } = synth();
    const file = join(directory, 'template.yaml');
    expect(stdout).toMatch(new RegExp(`Total +${readFileSync(file).length} bytes`));
    expect(synth('--check')).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(file, '\n');
    const drifted = synth('--check');
    expect(drifted.stderr).toContain('template.yaml has drifted from its source: run "npm run synth"');
    expect(drifted.status).toBe(1);
  }, 30_000);
});
