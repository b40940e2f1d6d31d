import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Source of a template. */
export interface Source {
  readonly name: string;
  readonly version: string;
  /** SHA-256, in hexadecimal digits, of all source files that templates are generated from. */
  readonly hash: string;
}

/** Returns the source of this checkout. */
export const readSource = (): Source => {
  const root = join(import.meta.dirname, '../..');
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const hash = createHash('sha256');
  for (const file of folders.flatMap((folder) => filesIn(join(root, folder)))) {
    // The hash is the same on every system, wherever the checkout is.
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\n${readFileSync(file, 'utf8').replaceAll('\r\n', '\n')}\n`);
  }
  return { name: `${name}: ${folders.join(', ')}`, version, hash: hash.digest('hex') };
};

const folders = ['src/contract', 'src/functions', 'src/stack'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|py)$/.test(file))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => join(folder, file));
