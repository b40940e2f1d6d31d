import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BuildFailure } from 'esbuild';
import { dense, javascript, shallow } from './dense.ts';
import type { InlineCode } from './edition.ts';
import { type Module, parseModule, requires } from './module.ts';

/**
 * Turns handlers in TypeScript into inline code. `Code.ZipFile` is one CommonJS file, so types go, `import` becomes
 * `require`, and all modules that the handlers import share one scope with each of them. A promise `ready` that one of these
 * exports is waited for by whoever imports the file. Throws an Error that names the file for whatever does not survive that.
 */
export const inlineTypescript = (folder: string, handlers: readonly string[]): InlineCode => {
  const modules = new Map<string, Module>();
  const shared: Module[] = [];
  const load = (path: string, importers: readonly string[] = []): Module => {
    const known = modules.get(path);
    if (known) return known;
    if (importers.includes(path)) {
      throw new Error(`Import cycle: ${[...importers, path].map((file) => basename(file)).join(' -> ')}`);
    }
    const module = parseModule(path, readFileSync(path, 'utf8'));
    for (const file of module.files) shared.push(...additions(load(resolve(folder, file), [...importers, path]), shared));
    modules.set(path, module);
    return module;
  };
  const entries = handlers.map((handler) => ({ handler, module: load(join(folder, `${handler}.ts`)) }));
  for (const { module } of entries) {
    if (shared.includes(module)) throw new Error(`${module.path} is a handler: other files cannot import it`);
  }

  const head = `"use strict";\n${requires(shared.flatMap(({ builtins }) => builtins))}`;
  const prelude: Part[] = [{ path: 'node:', text: head }, ...shared.map(({ path, code }) => ({ path, text: code }))];
  if (shared.some(({ exports }) => exports.includes('ready'))) prelude.push({ path: 'then', text: then });
  const own = entries.map(({ handler, module }): [string, string] => {
    const inherited = new Set(shared.flatMap(({ builtins }) => builtins.map((builtin) => JSON.stringify(builtin))));
    const text = requires(module.builtins.filter((builtin) => !inherited.has(JSON.stringify(builtin)))) + asExport(module);
    refuseRedeclarations([...prelude, { path: module.path, text }]);
    return [handler, shallow(text)];
  });
  return { shared: prelude.map(({ text }) => dense(text)).join(''), handlers: new Map(own) };
};

/**
 * CommonJS has no top-level await. But who imports a module that exports `then`, as Lambda's runtime does, gets what that
 * resolves with, once it does (ECMAScript, ContinueDynamicImport); the others get the handler at once.
 */
const then = 'exports.then = (resolve) => ready.then(() => resolve({ lambda_handler: exports.lambda_handler }));\n';

interface Part {
  readonly path: string;
  readonly text: string;
}

const additions = (module: Module, shared: readonly Module[]): Module[] => (shared.includes(module) ? [] : [module]);

const asExport = ({ path, code, exports }: Module): string => {
  if (exports.join() !== 'lambda_handler') {
    throw new Error(`${path} must export lambda_handler and nothing else; it exports ${exports.join(', ') || 'nothing'}`);
  }
  return code.replace(/^const lambda_handler =/m, 'exports.lambda_handler =');
};

/** One scope takes a name once. esbuild knows, if it takes the code for a module. */
const refuseRedeclarations = (parts: readonly Part[]): void => {
  try {
    javascript(`${parts.map(({ text }) => text).join('')}export {};`);
  } catch (error) {
    const [failure] = (error as BuildFailure).errors ?? [];
    if (!failure) throw error;
    const files = [failure, ...failure.notes].flatMap(({ location }) => (location ? [fileAt(parts, location.line)] : []));
    throw new Error(`${files.join(' and ')}: ${failure.text}. Files of functions share one scope: choose another name`);
  }
};

const fileAt = (parts: readonly Part[], line: number): string => {
  const starts = parts.map((_, index) => lines(parts.slice(0, index)) + 1);
  return parts[starts.findLastIndex((start) => start <= line)]?.path ?? 'unknown file';
};

const lines = (parts: readonly Part[]): number => parts.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
