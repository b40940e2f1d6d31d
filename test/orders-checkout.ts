import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout.ts';
import { addEntities } from './orders.ts';

/*
 * Makes a checkout whose API has orders beside items: `node test/orders-checkout.ts FOLDER`. Its templates and documents are written
 * already.
 */

/** Makes it in a folder that does not exist yet; `synth` says whether to write the templates. */
export const ordersCheckout = (directory: string, { synth }: { readonly synth: boolean }): string => {
  checkout(directory);
  for (const name of [
    'tsconfig.json',
    '.vscode',
    'docs',
    'deploy',
    'template.yaml',
    'template.python.yaml',
    'openapi.yaml',
  ]) {
    cpSync(join(import.meta.dirname, '..', name), join(directory, name), { recursive: true });
  }
  addEntities(directory);
  for (const script of synth ? ['scripts/synth-templates.ts', 'scripts/synth-docs.ts'] : []) {
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], { cwd: directory });
  }
  return directory;
};

const [, , folder] = process.argv;
if (import.meta.main && folder !== undefined) ordersCheckout(folder, { synth: true });
