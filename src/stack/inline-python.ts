import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { InlineCode } from './edition.ts';
import { importStatements, type PythonModule, parsePythonModule } from './python-module.ts';
import { passedByName, shortenNames } from './python-names.ts';
import { dense } from './python-print.ts';
import { strip } from './python-strip.ts';
import type { Statement } from './python-tokens.ts';

/**
 * Turns handlers in Python into inline code. `Code.ZipFile` is one file, so all modules that the handlers import stand in
 * front of each of them, in one scope. Throws an Error that names the file for whatever does not survive that.
 */
export const inlinePython = (folder: string, handlers: readonly string[]): InlineCode => {
  const modules = new Map<string, PythonModule>();
  const shared: PythonModule[] = [];
  const load = (name: string, importers: readonly string[] = []): PythonModule => {
    const path = join(folder, `${name}.py`);
    const known = modules.get(path);
    if (known) return known;
    if (importers.includes(path)) {
      throw new Error(`Import cycle: ${[...importers, path].map((file) => basename(file)).join(' -> ')}`);
    }
    const module = parsePythonModule(path, readFileSync(path, 'utf8'));
    for (const file of module.modules) {
      const imported = load(file, [...importers, path]);
      if (!shared.includes(imported)) shared.push(imported);
    }
    modules.set(path, module);
    return module;
  };
  const entries = handlers.map((handler) => ({ handler, module: load(handler.replaceAll('-', '_')) }));
  for (const { module } of entries) {
    if (shared.includes(module)) throw new Error(`${module.path} is a handler: other files cannot import it`);
    if (!module.names.includes('lambda_handler')) throw new Error(`${module.path} must define lambda_handler`);
    refuseRedefinitions([...shared, module]);
  }

  const imports = shared.flatMap((module) => module.imports);
  const inherited = new Set(imports.map((one) => JSON.stringify(one)));
  const own = entries.map(({ handler, module }): [string, string] => {
    const others = module.imports.filter((one) => !inherited.has(JSON.stringify(one)));
    return [handler, importStatements(others) + dense(strip(module.path, module.statements))];
  });
  return {
    shared: importStatements(imports) + dense(withShortNames([...modules.values()], shared)),
    handlers: new Map(own),
  };
};

/** The code of shared modules, with short names for what only they themselves see. */
const withShortNames = (all: readonly PythonModule[], shared: readonly PythonModule[]): Statement[] => {
  const stripped = ({ path, statements }: PythonModule): Statement[] => strip(path, statements);
  const kept = new Set([
    ...all.flatMap(stripped).flatMap(passedByName),
    ...all.flatMap(({ names }) => names),
    ...all.flatMap(({ imports }) => imports.map(({ module, name = module }) => name)),
  ]);
  return shortenNames(shared.flatMap(stripped), kept);
};

/** One scope takes a name once, and an import must not be hidden by a definition. */
const refuseRedefinitions = (modules: readonly PythonModule[]): void => {
  const owners = new Map<string, string>();
  for (const { path, names } of modules) {
    for (const name of new Set(names)) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new Error(
          `${other} and ${path}: both define ${name}. Files of functions share one scope: choose another name`,
        );
      }
      owners.set(name, path);
    }
  }
  for (const { module, name = module, path } of modules.flatMap((one) =>
    one.imports.map((imported) => ({ ...imported, path: one.path })),
  )) {
    const owner = owners.get(name);
    if (owner !== undefined) {
      throw new Error(
        `${owner} defines ${name}, which ${path} imports. Files of functions share one scope: choose another name`,
      );
    }
  }
};
