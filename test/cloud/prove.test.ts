import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deletionFacts, liveFacts } from '../../prove/facts/index.ts';
import { bucket } from './bucket.ts';
import { serveCloud } from './cloud.ts';
import { inventory } from './stack.ts';

const cloud = serveCloud();
const program = join(import.meta.dirname, '../../prove/index.ts');

/** Runs the command with a module of this folder; settles with its output, and its report in `reportOf`. */
const prove = (emulator: string): Promise<string> => {
  const options = [
    ['--bucket', bucket],
    ['--emulator', join(import.meta.dirname, emulator)],
    ['--only', 'POST /items', '--only', 'cross-origin', '--concurrency', '1'],
    ['--patience', '3'],
    ['--report', `${emulator}.md`],
  ].flat();
  return cloud().run(process.execPath, [program, '--yes', ...options]);
};
const reportOf = (emulator: string): string => readFileSync(join(cloud().directory, `${emulator}.md`), 'utf8');

it('npm run prove takes every step, compares the facts, writes its report and leaves nothing', async () => {
  const before = await inventory(cloud());
  const output = await prove('prove-emulator.ts');
  expect(output).toMatch(/^account {3}\d{12}\nregion {4}us-east-1\ncaller {4}arn:/);
  expect(output).toContain('$ items deploy proof --template changed-model.yaml');
  const report = reportOf('prove-emulator.ts');
  expect(report).toContain('**This is not a proof on AWS.** It was run on ministack');
  expect(report).toContain('Every step passed.');
  expect(report.match(/ \| passed \| \d+:\d\d \| /g)).toHaveLength(10);
  for (const { name } of [...liveFacts, ...deletionFacts]) expect(report).toContain(` | ${name} | `);
  expect(report).toMatch(/\| same \| no signature \|/);
  expect(report).toMatch(/^### TypeScript edition$.*^### Python edition$/ms);
  expect(report).not.toMatch(/^\| fail \|/m);
  expect(report).not.toMatch(/(?<![\da-f])\d{12}(?![\da-f])/);
  expect(await inventory(cloud())).toEqual(before);
});

it.each([
  [
    'fails',
    'prove-emulator-failing.ts',
    /ended with 1:/,
    /^\*\*Create the stack, TypeScript edition: failed\.\*\*.*no way to the API/ms,
  ],
  [
    'is interrupted',
    'prove-emulator-interrupted.ts',
    /ended with 130:/,
    /^\*\*Create the stack, TypeScript edition: interrupted\.\*\*$/m,
  ],
])('deletes what it created when it %s, and says so', async (_, emulator, code, reason) => {
  const before = await inventory(cloud());
  await expect(prove(emulator)).rejects.toThrow(code);
  const report = reportOf(emulator);
  expect(report).toMatch(reason);
  expect(report).toMatch(/^\| verify the API \| not run \| {2}\|/m);
  expect(report).toMatch(/^\| delete the stack \| passed \|/m);
  expect(report).not.toContain('Left in the account');
  expect(await inventory(cloud())).toEqual(before);
});
