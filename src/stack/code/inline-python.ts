import type { InlineCode } from './edition.ts';
import { type Entities, type FunctionSource, loadFiles } from './load.ts';
import { type Builtin, builtinKey, type Module, partName } from './module.ts';
import { parsePython } from './python-module.ts';
import { textOf } from './statements.ts';

/**
 * Converts handlers in Python to inline code and keeps the source text. `Code.ZipFile` is one file, so the files that a handler
 * imports precede it, in one scope. Throws a SynthError with file and line for code that cannot be inlined.
 */
export const inlinePython = (folder: string, functions: readonly FunctionSource[], entities?: Entities): InlineCode => {
  const files = loadFiles(folder, functions, (name) => `${name.replaceAll('-', '_')}.py`, parsePython, entities);
  const builtins = files.shared.flatMap((module) => module.builtins);
  const inherited = new Set(builtins.map(builtinKey));
  const isOwn = (one: Builtin): boolean => !inherited.has(builtinKey(one));
  const imports = {
    name: 'Imports',
    text: `# Imports: modules of the standard library that the shared files use.\n\nfrom __future__ import annotations\n\n${importStatements(builtins)}`,
  };
  return {
    shared: [
      imports,
      ...files.shared.map((module) => ({
        name: partName(module),
        text: `${module.heading}\n\n${text(module)}`,
        origin: { module, preamble: module.heading },
      })),
    ],
    handlers: new Map(
      [...files.handlers].map(([handler, { module, needs }]) => {
        const preamble = [module.heading, importStatements(module.builtins.filter(isOwn)).trim()]
          .filter(Boolean)
          .join('\n\n');
        const own = {
          needs: [imports.name, ...needs.map(partName)],
          text: `${preamble}\n\n${text(module)}`,
          origin: { module, preamble },
        };
        return [handler, own];
      }),
    ),
  };
};

const text = ({ statements }: Module): string => `${textOf(statements)}\n`;

/** Returns the import statements for what files use from the standard library, whole modules first. */
const importStatements = (builtins: readonly Builtin[]): string => {
  const modules = [...new Set(builtins.map(({ module }) => module))].sort();
  const whole = modules.filter((module) => builtins.some((one) => one.module === module && one.name === undefined));
  const named = modules.flatMap((module) => {
    const names = builtins.flatMap((one) => (one.module === module && one.name !== undefined ? [one.name] : []));
    return names.length > 0 ? [`from ${module} import ${[...new Set(names)].sort().join(', ')}\n`] : [];
  });
  return [...whole.map((module) => `import ${module}\n`), ...named].join('');
};
