import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A folder that has what a checkout has for the commands to run in, with files that may be changed; returns its name. */
export const checkout = (directory: string): string => {
  mkdirSync(directory);
  for (const name of ['bin', 'src', 'scripts', 'environments', 'package.json', 'trial/results.json']) {
    cpSync(join(root, name), join(directory, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
};

/** A folder that has all of a checkout but its history, for the commands and tests of a developer; returns its name. */
export const wholeCheckout = (directory: string): string => {
  mkdirSync(directory);
  for (const name of readdirSync(root)) {
    if (notCopied.has(name)) continue;
    cpSync(join(root, name), join(directory, name), { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
  }
  for (const folder of ['', 'examples/client-typescript']) {
    const modules = join(root, folder, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(directory, folder, 'node_modules'));
  }
  return directory;
};

/** Parts of a checkout beside its files. */
const notCopied: ReadonlySet<string> = new Set([
  ...['node_modules', '.git', '.items', '.venv', '.ci-cache', 'coverage'],
  ...['.mypy_cache', '.ruff_cache', '__pycache__', '.schemathesis'],
]);
