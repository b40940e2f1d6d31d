import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { SynthError } from './synth-error.ts';
import type { Module } from './typescript-module.ts';

/** The files of an edition. */
export interface Files {
  /** Those that handlers import, each after those that it imports itself. */
  readonly shared: readonly Module[];
  /** Handlers by name, with the shared files that each needs. */
  readonly handlers: ReadonlyMap<string, { readonly module: Module; readonly needs: readonly Module[] }>;
}

/**
 * Reads handlers and all that they import. `fileOf` gives the file of a handler or module, `parse` its parts. Throws a SynthError that
 * names the file for a handler that is missing, for files that import each other, and for a name that two of them declare: in a
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
  const shown = (path: string): string => relative(process.cwd(), path).replaceAll('\\', '/');
  const load = (path: string, importers: readonly string[]): Module => {
    const known = loaded.get(path);
    if (known) return known;
    if (importers.includes(path)) {
      const cycle = [...importers.slice(importers.indexOf(path)), path].map((file) => basename(file)).join(' -> ');
      throw new SynthError(`${shown(path)}: the files import each other: ${cycle}; move what both need to a third file`);
    }
    if (!existsSync(path)) {
      const importer = importers.at(-1);
      throw new SynthError(
        importer === undefined
          ? `${shown(path)}: there is no such file, but src/contract/operations.ts names it as a handler: write it, or correct the row`
          : `${shown(importer)}: it imports ${basename(path)}, and there is no such file`,
      );
    }
    const module = parse(shown(path), readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    for (const file of module.files) {
      const imported = load(join(folder, fileOf(file)), [...importers, path]);
      if (!shared.includes(imported)) shared.push(imported);
    }
    loaded.set(path, module);
    return module;
  };
  const entries = handlers.map((handler) => ({ handler, module: load(join(folder, fileOf(handler)), []) }));
  const needsOf = ({ files }: Module): Set<Module> => {
    const direct = files.map((file) => load(join(folder, fileOf(file)), []));
    return new Set(direct.flatMap((module) => [...needsOf(module), module]));
  };
  for (const { module } of entries) {
    if (shared.includes(module)) throw new SynthError(`${module.path} is a handler: other files must not import it`);
    if (module.exports.join() !== 'lambda_handler') {
      const exported = module.exports.join(', ') || 'nothing';
      throw new SynthError(`${module.path} must export lambda_handler and nothing else; it exports ${exported}`);
    }
  }
  return {
    shared,
    handlers: new Map(
      entries.map(({ handler, module }) => {
        const needed = needsOf(module);
        const needs = shared.filter((one) => needed.has(one));
        refuseClashes([...needs, module]);
        return [handler, { module, needs }];
      }),
    ),
  };
};

/** One scope takes a name once, whether a file declares it or imports it from the runtime. */
const refuseClashes = (modules: readonly Module[]): void => {
  const owners = new Map<string, string>();
  for (const { path, names } of modules) {
    for (const [name, line] of names) {
      const other = owners.get(name);
      if (other !== undefined) throw clash(name, other, `${path}:${line}`, 'declare');
      owners.set(name, `${path}:${line}`);
    }
  }
  const imported = new Map<string, { readonly what: string; readonly path: string }>();
  for (const { path, builtins } of modules) {
    for (const { module, name, local } of builtins) {
      const owner = owners.get(local);
      if (owner !== undefined) throw clash(local, path, owner, 'use');
      const what = `${module} ${name}`;
      const other = imported.get(local);
      if (other !== undefined && other.what !== what) throw clash(local, other.path, path, 'import');
      imported.set(local, { what, path });
    }
  }
};

const clash = (name: string, one: string, other: string, verb: string): SynthError =>
  new SynthError(`${other}: ${one} and this file both ${verb} ${name}. The files of a function share one scope: rename one`);
