import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Builtin, builtinKey, type Import, type Module, partName } from './module.ts';
import { SynthError } from './synth-error.ts';

/** A function to be made of a handler. */
export interface FunctionSource {
  /** Name of the operation, such as `CreateItem`. */
  readonly name: string;
  /** Name of the handler, such as `create-item`. */
  readonly handler: string;
  /** The entity that it serves, one of `Entities`. */
  readonly entity?: string;
  /** Adapts the source of the handler to the entity, line by line. */
  readonly adapt?: (source: string) => string;
}

/** The files that describe entities: their name, without an ending, and the source for each entity. */
export interface Entities {
  readonly file: string;
  readonly sources: ReadonlyMap<string, string>;
}

/** The files of an edition. */
export interface Files {
  /** Those that handlers import, each after those that it imports itself. */
  readonly shared: readonly Module[];
  /** Handlers by the name of the function, with the shared files that each needs. */
  readonly handlers: ReadonlyMap<string, { readonly module: Module; readonly needs: readonly Module[] }>;
}

/**
 * Reads handlers and all that they import. `fileOf` gives the file of a handler or module, `parse` its parts. Throws a SynthError
 * that names file and line for what is missing, for files that import each other, and for a name that two of them declare: in a
 * function all of them share one scope.
 */
export const loadFiles = (
  folder: string,
  functions: readonly FunctionSource[],
  fileOf: (name: string) => string,
  parse: (path: string, source: string) => Module,
  entities: Entities = noEntities,
): Files => {
  const handlers = functions.map(({ handler }) => handler);
  const loaded = new Map<string, Module>();
  const shared: Module[] = [];
  const load = (name: string, importers: readonly Importer[], own: Own = {}): Module => {
    const key = `${name} ${own.entity ?? own.function ?? ''}`;
    const known = loaded.get(key);
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
    const source = own.source ?? readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    const parsed = parse(shown, own.adapt?.(source) ?? source);
    const module = own.entity === undefined ? parsed : { ...parsed, entity: own.entity };
    for (const builtin of module.builtins) refuseOwnFile(folder, fileOf, module, builtin);
    for (const by of module.imports) {
      const imported = importedBy(by, [...importers, { module, by }], firstEntity);
      refuseFalseImport(handlers, module, by, imported);
      if (!shared.includes(imported)) shared.push(imported);
    }
    loaded.set(key, module);
    return module;
  };
  const [firstEntity, ...otherEntities] = entities.sources.keys();
  /** The file that is imported, where that describes an entity the one of this entity. */
  const importedBy = (
    { file }: Pick<Import, 'file'>,
    importers: readonly Importer[],
    entity: string | undefined,
  ): Module => {
    const source = file === entities.file && entity !== undefined ? entities.sources.get(entity) : undefined;
    return source === undefined || entity === undefined ? load(file, importers) : load(file, importers, { entity, source });
  };
  const entries = functions.map(({ name, handler, entity, adapt }) => ({
    name,
    entity,
    module: load(handler, [], adapt ? { function: name, adapt } : {}),
  }));
  // Last, so that a new entity changes no function of another one. Nothing reads them while files are loaded.
  for (const entity of otherEntities) shared.push(importedBy(entities, [], entity));
  for (const { module } of entries) {
    if (!module.exports.includes('lambda_handler')) {
      throw new SynthError(`${module.path}:1: there is no lambda_handler to invoke: export the handler under this name`);
    }
  }
  refuseParts(shared);
  const needsOf = ({ imports }: Module, entity: string | undefined): Set<Module> => {
    const direct = imports.map((by) => importedBy(by, [], entity));
    return new Set(direct.flatMap((module) => [...needsOf(module, entity), module]));
  };
  return {
    shared,
    handlers: new Map(
      entries.map(({ name, entity, module }) => {
        const needed = needsOf(module, entity);
        const needs = shared.filter((one) => needed.has(one));
        refuseClashes([...needs, module], [...shared, module]);
        return [name, { module, needs }];
      }),
    ),
  };
};

const noEntities: Entities = { file: '', sources: new Map() };

interface Importer {
  readonly module: Module;
  readonly by: Import;
}

/** The source of a file that is not as it stands in the folder: the description of an entity, or the handler of a function. */
interface Own {
  readonly entity?: string;
  readonly source?: string;
  readonly function?: string;
  readonly adapt?: (source: string) => string;
}

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
