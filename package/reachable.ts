import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Source files, by path from the root, and the packages that they import. */
export interface Reachable {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** Matches the specifiers of imports and exports except those of types, and of `import()` and `require()` of a literal. */
const statement =
  /(?:^(?:import|export)\b(?! type\b)[^'";]*?\bfrom |^import |\bimport\(|createRequire\(import\.meta\.url\)\(|\brequire\()['"]([^'"]+)['"]/gm;

/** Returns all files and packages that entry files import, directly or indirectly. */
export const reachable = (root: string, entries: readonly string[]): Reachable => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, specifier = ''] of readFileSync(join(root, file), 'utf8').matchAll(statement)) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier).replaceAll('\\', '/'));
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier));
    }
  };
  for (const entry of entries) visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
};

/** Returns `@scope/name` of `@scope/name/file`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
