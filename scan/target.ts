import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { resolve } from './resolve.ts';
import { files, hardened, rolesFile, type TemplateFile, type Variant } from './variants.ts';

/** A file for scanners to read: a template, or a template resolved for a variant. */
export interface Target {
  readonly path: string;
  readonly file: TemplateFile | typeof rolesFile;
  readonly variant: Variant;
}

/** Returns the templates in `root`, unchanged. */
export const ownTargets = (root: string): Target[] =>
  files.map((file) => ({ path: join(root, file), file, variant: 'defaults' }));

/** Returns the template of the roles in `root`. */
export const rolesTarget = (root: string): Target => ({ path: join(root, rolesFile), file: rolesFile, variant: 'defaults' });

/** Resolves each template in `root` with the hardened parameters, and writes it to `directory` as JSON. */
export const hardenedTargets = (root: string, directory: string): Target[] =>
  files.map((file) => {
    const path = join(directory, `${basename(file, '.yaml')}.hardened.json`);
    const template = resolve(readFileSync(join(root, file), 'utf8'), hardened);
    writeFileSync(path, JSON.stringify(template, undefined, 1));
    return { path, file, variant: 'hardened' };
  });

/** Returns the target of a path in a scanner's output. Scanners write paths relative, absolute or with a slash in front. */
export const targetOf = (targets: readonly Target[], path: string): Target => {
  const found = targets.find((target) => basename(target.path) === basename(path));
  if (!found) throw new Error(`${path} was scanned, which is none of ${targets.map((target) => target.path).join(', ')}`);
  return found;
};
