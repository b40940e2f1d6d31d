import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deletionFacts, liveFacts } from '../../prove/facts/index.ts';
import { bucket } from './bucket.ts';
import { serveCloud } from './cloud.ts';
import { inventory } from './stack.ts';

const cloud = serveCloud();
const prove = join(import.meta.dirname, '../../prove/index.ts');

it('npm run prove takes every step, compares the facts, writes its report and leaves nothing', async () => {
  const before = await inventory(cloud());
  const report = join(cloud().directory, 'docs/proof.md');
  const options = [
    ['--bucket', bucket],
    ['--emulator', join(import.meta.dirname, 'prove-emulator.ts')],
    ['--only', 'POST /items', '--only', 'cross-origin', '--concurrency', '1'],
    ['--patience', '3'],
    ['--report', report],
  ].flat();
  const output = await cloud().run(process.execPath, [prove, '--yes', ...options]);
  expect(output).toMatch(/^account {3}\d{12}\nregion {4}us-east-1\ncaller {4}arn:/);
  expect(output).toContain('$ items deploy proof --template changed-model.yaml');
  const text = readFileSync(report, 'utf8');
  expect(text).toContain('**This is not a proof on AWS.** It was run on ministack');
  expect(text).toContain('Every step passed.');
  expect(text.match(/ \| passed \| \d+:\d\d \| /g)).toHaveLength(10);
  for (const { name } of [...liveFacts, ...deletionFacts]) expect(text).toContain(` | ${name} | `);
  expect(text).toMatch(/\| same \| no signature \|/);
  expect(text).toMatch(/^### TypeScript edition$.*^### Python edition$/ms);
  expect(text).not.toMatch(/^\| fail \|/m);
  expect(text).not.toMatch(/\d{12}/);
  expect(await inventory(cloud())).toEqual(before);
});
