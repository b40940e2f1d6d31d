import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { rejectClashes, rejectFalseImport, rejectOwnFile, rejectParts } from './check-modules.ts';
import type { Import, Module } from './module.ts';
import { SynthError } from './synth-error.ts';

/** A function to be generated from a handler. */
export interface FunctionSource {
  /** Name of the operation, such as `CreateItem`. */
  readonly name: string;
  /** Name of the handler, such as `create-item`. */
  readonly handler: string;
  /** The entity that the function serves, one of `Entities`. */
  readonly entity?: string;
  /** Adapts the source of the handler to the entity, line by line. */
  readonly adapt?: (source: string) => string;
}

/** The files that describe entities: their name without extension, and the source for each entity. */
export interface Entities {
  readonly file: string;
  readonly sources: ReadonlyMap<string, string>;
}

/** The files of an edition. */
export interface Files {
  /** Files that handlers import. Each follows the files that it imports. */
  readonly shared: readonly Module[];
  /** Handlers by the name of the function, with the shared files that each needs. */
  readonly handlers: ReadonlyMap<string, { readonly module: Module; readonly needs: readonly Module[] }>;
}

/**
 * Reads handlers and all files that they import. `fileOf` returns the file name of a handler or module, `parse` its parts.
 * `entities` has the sources of the file that describes an entity. Throws a SynthError with file and line for a missing file or
 * export, for files that import each other, and for a name that two of them declare: all files of a function share one scope.
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
    for (const builtin of module.builtins) rejectOwnFile(folder, fileOf, module, builtin);
    for (const by of module.imports) {
      const imported = importedBy(by, [...importers, { module, by }], firstEntity);
      rejectFalseImport(handlers, module, by, imported);
      if (!shared.includes(imported)) shared.push(imported);
    }
    loaded.set(key, module);
    return module;
  };
  const [firstEntity, ...otherEntities] = entities.sources.keys();
  /** Returns the imported file; for the file that describes an entity, the one of this entity. */
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
  // Added last, so that a new entity does not change the functions of others. Loading does not read these files.
  for (const entity of otherEntities) shared.push(importedBy(entities, [], entity));
  for (const { module } of entries) {
    if (!module.exports.includes('lambda_handler')) {
      throw new SynthError(`${module.path}:1: there is no lambda_handler to invoke: export the handler under this name`);
    }
  }
  rejectParts(shared);
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
        rejectClashes([...needs, module], [...shared, module]);
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

/** The source of a file that differs from the one in the folder: the description of an entity, or the handler of a function. */
interface Own {
  readonly entity?: string;
  readonly source?: string;
  readonly function?: string;
  readonly adapt?: (source: string) => string;
}
