import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Returns the path of Scalar's API reference in the nearest node_modules, as one file with all its dependencies. Returns
 * undefined if it is not installed. Our package.json replaces the dependencies of the package's other files by empty packages.
 */
export const installedBundle = (folder = import.meta.dirname): string | undefined => {
  const file = join(folder, 'node_modules/@scalar/api-reference/dist/browser/standalone.js');
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : installedBundle(parent);
};
