import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type PlainTemplate, resolve } from './resolve.ts';
import { files, type TemplateFile, templates, type Variant, type Variants, variants } from './variants.ts';

/** A file for scanners to read: a template as it is shipped, or what it becomes in a variant. */
export interface Target {
  readonly path: string;
  readonly file: TemplateFile;
  readonly variant: Variant | 'shipped';
}

/** A target that has been resolved. */
export interface PlainTarget extends Target {
  readonly variant: Variant;
  readonly template: PlainTemplate;
}

/** The templates in `root` as they are shipped. */
export const shippedTargets = (root: string): Target[] =>
  files.map((file) => ({ path: join(root, file), file, variant: 'shipped' }));

/** Writes each template in `root` into `directory`, as plain JSON in every variant. */
export const plainTargets = (root: string, directory: string): PlainTarget[] =>
  files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const given: Variants = templates[file];
    return variants.flatMap((variant) => {
      const parameters = given[variant];
      if (!parameters) return [];
      const path = join(directory, `${basename(file, '.yaml')}.${variant}.json`);
      const template = resolve(text, parameters);
      writeFileSync(path, JSON.stringify(template, undefined, 1));
      return { path, file, variant, template };
    });
  });

/** The target that a scanner means by a path; scanners write it relative, absolute or with a slash in front. */
export const targetOf = <Found extends Target>(targets: readonly Found[], path: string): Found => {
  const found = targets.find((target) => basename(target.path) === basename(path));
  if (!found) throw new Error(`${path} was scanned, which is none of ${targets.map((target) => target.path).join(', ')}`);
  return found;
};
