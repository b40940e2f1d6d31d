import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/*
 * Writes every generated file: `npm run synth`. With `--check`, which is `npm run check`, it writes nothing and fails if a file is not
 * as it would be written. Each generator is a program of its own, which reads the files that those before it have written.
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
  // A check names the drift of all files. What is written next would be made of a faulty file.
  if (!options.includes('--check')) break;
}
