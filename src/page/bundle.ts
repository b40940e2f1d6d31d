import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The file of Scalar's API reference with all that it needs, from the nearest node_modules; undefined if it is not installed. Its package
 * comes without the dependencies that its other files import.
 */
export const installedBundle = (folder = import.meta.dirname): string | undefined => {
  const file = join(folder, 'node_modules/@scalar/api-reference/dist/browser/standalone.js');
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : installedBundle(parent);
};
