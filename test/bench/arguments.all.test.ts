import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const bench = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/index.ts', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run bench', () => {
  it.each([
    ['an unknown suite', ['hot'], /^hot is not a suite; --help/],
    ['an unknown option', ['--fast'], /^Unknown option '--fast'/],
    ['no rounds', ['--rounds', '0'], /^--rounds 0 is not a whole number from 1; /],
    ['keeping what is too short', ['--short', '--write'], /^--short measures nothing /],
    ['keeping few rounds', ['--rounds', '3', '--write'], /^--write keeps results of 15 rounds /],
  ])('rejects %s in a sentence, and measures nothing', (_name, args, message) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
  });

  it('tells what there is', () => {
    const { status, stdout } = bench('--help');
    expect(status).toBe(0);
    for (const name of ['cold', 'quota', 'warm', 'idle', 'capacity', 'twin', 'console', 'reload', 'growth'])
      expect(stdout).toContain(`\n  ${name} `);
  });
});
