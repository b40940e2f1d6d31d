import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { help, parseArguments } from '../../prove/arguments.ts';

it.each([
  ['an unknown option', ['--fast'], /^Unknown option '--fast'/],
  ['a region that is none', ['--region', 'mars'], /^--region mars is not a name such as eu-west-1$/],
  ['a bucket that is none', ['--bucket', 'A'], /^--bucket A does not have /],
  ['cases at once that are no number', ['--concurrency', '0'], /^--concurrency 0 is not from 1 to 99$/],
  ['a patience that is no number', ['--patience', 'long'], /^--patience long is not a number of seconds$/],
])('rejects %s', (_name, args, message) => {
  expect(parseArguments(args)).toMatch(message);
});

it('asks, verifies everything and writes docs/proof.md by default', () => {
  const defaults = { yes: false, report: 'docs/proof.md', only: [], patience: 180 };
  expect(parseArguments(['--profile', 'mine'])).toEqual({ ...defaults, profile: 'mine' });
  const args = ['--yes', '--region', 'eu-west-1', '--only', 'rejections', '--only', 'fidelity', '--patience', '5'];
  const expected = { ...defaults, yes: true, region: 'eu-west-1', only: ['rejections', 'fidelity'], patience: 5 };
  expect(parseArguments(args)).toEqual(expected);
  expect(parseArguments(['--help'])).toBeUndefined();
  expect(help).toContain('npm run prove -- --profile NAME');
});

it('creates nothing where there is nobody to ask, and says what to do', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, ['prove/index.ts', ...args], { encoding: 'utf8' });
  expect(run('--fast')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/; see --help\n$/) });
  const stderr = 'there is no terminal to ask on: give --yes to agree to what is done\n';
  expect(run('--profile', 'none')).toMatchObject({ status: 1, stdout: '', stderr });
});
