import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';

interface Entry {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/**
 * Returns the npm-shrinkwrap.json of the package. It has the entries of the repository's lock file for its direct and indirect
 * dependencies, so that users install the versions that are tested here, with the same hashes.
 */
export const shrinkwrap = (root: string, manifest: Manifest): object => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Entry>>;
  };
  const own = new Map<string, object>();
  const visit = (place: string): void => {
    const entry = packages[place];
    if (entry === undefined || own.has(place)) return;
    const { dev: _, devOptional: __, peer: ___, ...rest } = entry;
    own.set(place, rest);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(placeOf(place, name));
  };
  /** Returns where Node.js finds a package that another package imports. */
  const placeOf = (from: string, name: string): string => {
    for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
      const place = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
      if (place in packages || folder === '') return place;
    }
  };
  for (const name of Object.keys(manifest.dependencies)) visit(`node_modules/${name}`);
  const { name, version } = manifest;
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, ...Object.fromEntries([...own].sort(([a], [b]) => (a < b ? -1 : 1))) },
  };
};
