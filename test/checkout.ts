import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

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
