import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/*
 * Writes every generated file: `npm run synth`. With `--check` (`npm run check`) it writes nothing, and fails if a file differs
 * from what would be written. Each generator is a separate program that reads the files written by the generators before it.
 */

const root = join(import.meta.dirname, '..');
const generators = [
  'scripts/synth-templates.ts',
  'scripts/synth-docs.ts',
  'examples/client-typescript/write-schema.ts',
  'bench/report/write.ts',
];
const options = process.argv.slice(2);

for (const generator of generators) {
  const args = ['--disable-warning=ExperimentalWarning', join(root, generator), ...options];
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status === 0) continue;
  process.exitCode = 1;
  // A check reports the differences of all files. Otherwise the next generator would read a faulty file.
  if (!options.includes('--check')) break;
}
