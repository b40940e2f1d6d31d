import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Builtin, builtinKey, type Import, type Module, partName } from './module.ts';
import { SynthError } from './synth-error.ts';

/** Throws if an import from the runtime names a file of the same folder. In Python, the two imports differ only by a dot. */
export const rejectOwnFile = (
  folder: string,
  fileOf: (name: string) => string,
  { path }: Module,
  builtin: Builtin,
): void => {
  const file = fileOf(builtin.module);
  if (existsSync(join(folder, file))) {
    throw new SynthError(
      `${path}:${builtin.line}: ${file} is a file of this folder: write "from .${builtin.module} import …"`,
    );
  }
};

export const rejectFalseImport = (handlers: readonly string[], { path }: Module, by: Import, imported: Module): void => {
  const file = basename(imported.path);
  if (handlers.some((handler) => partName({ path: handler }) === partName(imported))) {
    throw new SynthError(
      `${path}:${by.line}: ${file} is a handler, which no file may import; move what both need to a third file`,
    );
  }
  const missing = by.names.filter((name) => !imported.exports.includes(name));
  if (missing.length > 0) {
    throw new SynthError(
      `${path}:${by.line}: ${file} has no ${missing.join(', ')} to import: correct the name, or define it there`,
    );
  }
};

/**
 * Each file has its own entry in the template's mapping. Two files must not have the same key, and `Imports` and `Init` are
 * reserved.
 */
export const rejectParts = (shared: readonly Module[]): void => {
  const owners = new Map([
    ['Imports', 'what all files import'],
    ['Init', 'what ends INIT'],
  ]);
  for (const module of shared) {
    const other = owners.get(partName(module));
    if (other !== undefined) {
      throw new SynthError(
        `${module.path}:1: its key in the mapping, ${partName(module)}, is that of ${other}: rename the file`,
      );
    }
    owners.set(partName(module), module.path);
  }
};

/**
 * The files of a function share one scope, so a name can be declared or imported only once. Each scope has the imports of all
 * files.
 */
export const rejectClashes = (declaring: readonly Module[], importing: readonly Module[]): void => {
  const owners = new Map<string, string>();
  for (const { path, names } of declaring) {
    for (const [name, line] of names) {
      const place = `${path}:${line}`;
      const other = owners.get(name);
      if (other !== undefined) throw clash(place, 'declares', name, `${other} declares`);
      owners.set(name, place);
    }
  }
  const imported = new Map<string, { readonly key: string; readonly place: string }>();
  for (const { path, builtins } of importing) {
    for (const builtin of builtins) {
      const { module, name, local, line } = builtin;
      const place = `${path}:${line}`;
      const owner = owners.get(local);
      if (owner !== undefined) throw clash(owner, 'declares', local, `${place} imports`);
      // In Python, `import urllib.parse` and `import urllib.request` bind the same name.
      const key = name === undefined ? module.replace(/\..*/, '') : builtinKey(builtin);
      const other = imported.get(local);
      if (other !== undefined && other.key !== key)
        throw clash(place, 'imports', local, `${other.place} imports as another thing`);
      imported.set(local, { key, place });
    }
  }
};

const clash = (place: string, does: string, name: string, other: string): SynthError =>
  new SynthError(`${place}: it ${does} ${name}, which ${other}. The files of a function share one scope: rename one`);
