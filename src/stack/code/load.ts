import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Builtin, builtinKey, type Import, type Module, partName } from './module.ts';
import { SynthError } from './synth-error.ts';

/** The files of an edition. */
export interface Files {
  /** Those that handlers import, each after those that it imports itself. */
  readonly shared: readonly Module[];
  /** Handlers by name, with the shared files that each needs. */
  readonly handlers: ReadonlyMap<string, { readonly module: Module; readonly needs: readonly Module[] }>;
}

/**
 * Reads handlers and all that they import. `fileOf` gives the file of a handler or module, `parse` its parts. Throws a SynthError
 * that names file and line for what is missing, for files that import each other, and for a name that two of them declare: in a
 * function all of them share one scope.
 */
export const loadFiles = (
  folder: string,
  handlers: readonly string[],
  fileOf: (name: string) => string,
  parse: (path: string, source: string) => Module,
): Files => {
  const loaded = new Map<string, Module>();
  const shared: Module[] = [];
  const load = (name: string, importers: readonly { readonly module: Module; readonly by: Import }[]): Module => {
    const known = loaded.get(name);
    if (known) return known;
    const path = join(folder, fileOf(name));
    const shown = relative(process.cwd(), path).replaceAll('\\', '/');
    const last = importers.at(-1);
    const place = last && `${last.module.path}:${last.by.line}`;
    const circle = importers.findIndex(({ module }) => module.path === shown);
    if (circle >= 0) {
      const files = [...importers.slice(circle).map(({ module }) => basename(module.path)), basename(path)].join(' -> ');
      throw new SynthError(`${place}: the files import each other: ${files}; move what both need to a third file`);
    }
    if (!existsSync(path)) {
      throw new SynthError(
        place === undefined
          ? `${shown}: there is no such file, but src/contract/operations.ts names it as a handler: write it, or correct the row`
          : `${place}: there is no file ${basename(path)} to import from: correct the name, or write the file`,
      );
    }
    const module = parse(shown, readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    for (const builtin of module.builtins) refuseOwnFile(folder, fileOf, module, builtin);
    for (const by of module.imports) {
      const imported = load(by.file, [...importers, { module, by }]);
      refuseFalseImport(handlers, module, by, imported);
      if (!shared.includes(imported)) shared.push(imported);
    }
    loaded.set(name, module);
    return module;
  };
  const entries = handlers.map((handler) => ({ handler, module: load(handler, []) }));
  for (const { module } of entries) {
    if (!module.exports.includes('lambda_handler')) {
      throw new SynthError(`${module.path}:1: there is no lambda_handler to invoke: export the handler under this name`);
    }
  }
  refuseParts(shared);
  const needsOf = ({ imports }: Module): Set<Module> => {
    const direct = imports.map(({ file }) => load(file, []));
    return new Set(direct.flatMap((module) => [...needsOf(module), module]));
  };
  return {
    shared,
    handlers: new Map(
      entries.map(({ handler, module }) => {
        const needed = needsOf(module);
        const needs = shared.filter((one) => needed.has(one));
        refuseClashes([...needs, module], [...shared, module]);
        return [handler, { module, needs }];
      }),
    ),
  };
};

/** A module of the runtime is not a file beside the one that imports it: in Python the difference is a dot. */
const refuseOwnFile = (folder: string, fileOf: (name: string) => string, { path }: Module, builtin: Builtin): void => {
  const file = fileOf(builtin.module);
  if (existsSync(join(folder, file))) {
    throw new SynthError(
      `${path}:${builtin.line}: ${file} is a file of this folder: write "from .${builtin.module} import …"`,
    );
  }
};

const refuseFalseImport = (handlers: readonly string[], { path }: Module, by: Import, imported: Module): void => {
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

/** Each file has an entry of its own in the template's mapping; `Imports` and `Init` are taken. */
const refuseParts = (shared: readonly Module[]): void => {
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

/** One scope takes a name once, whether a file declares it or imports it from the runtime. All files' imports are in each scope. */
const refuseClashes = (declaring: readonly Module[], importing: readonly Module[]): void => {
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
      // In Python, `import urllib.parse` and `import urllib.request` give the same name.
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
