import { stripTypeScriptTypes } from 'node:module';
import type { InlineCode, SharedPart } from './edition.ts';
import { formatJavascript } from './format-javascript.ts';
import { loadFiles } from './load.ts';
import { textOf } from './statements.ts';
import { SynthError } from './synth-error.ts';
import { type Builtin, type Module, parseTypescript } from './typescript-module.ts';

/**
 * Turns handlers in TypeScript into inline code that reads like its source: names, comments and line breaks are kept. Types go,
 * `import` becomes `require`, as `Code.ZipFile` is one CommonJS file, and what handlers import stands in one scope with each.
 * Throws a SynthError that names file and line for whatever does not survive that.
 */
export const inlineTypescript = (folder: string, handlers: readonly string[]): InlineCode => {
  const files = loadFiles(folder, handlers, (name) => `${name}.ts`, parseTypescript);
  const builtins = files.shared.flatMap((module) => module.builtins);
  const inherited = new Set(builtins.map((one) => JSON.stringify(one)));
  const isOwn = (one: Builtin): boolean => !inherited.has(JSON.stringify(one));

  const imports: SharedPart = { name: 'Imports', text: `'use strict';\n${requires(builtins)}` };
  const shared = files.shared.map((module) => ({
    name: partName(module),
    text: `${module.heading}\n\n${javascript(module)}`,
  }));
  const hasReady = files.shared.find(({ exports }) => exports.includes('ready'));
  const own = [...files.handlers].map(([handler, { module, needs }]) => {
    const names = needs.flatMap((one) => (one === hasReady ? [partName(one), initPart.name] : [partName(one)]));
    const code = javascript(module).replace(/^const lambda_handler =/m, 'exports.lambda_handler =');
    const text = [module.heading, requires(module.builtins.filter(isOwn)).trim(), code].filter(Boolean).join('\n\n');
    return { handler, text, needs: [imports.name, ...names] };
  });

  const parts = shared.flatMap((part) => (hasReady && part.name === partName(hasReady) ? [part, initPart] : [part]));
  const formatted = formatJavascript([imports, ...parts, ...own].map(({ text }) => text));
  return {
    shared: [imports, ...parts].map(({ name }, index) => ({ name, text: formatted[index] ?? '' })),
    handlers: new Map(
      own.map(({ handler, needs }, index) => [
        handler,
        { needs: inOrder(needs, [imports, ...parts]), text: formatted[1 + parts.length + index] ?? '' },
      ]),
    ),
  };
};

/**
 * CommonJS has no top-level await. But whoever imports a module that exports `then`, as Lambda's runtime does, gets what that resolves
 * with, once it does (ECMAScript, ContinueDynamicImport); `require` gets the handler at once.
 */
const initPart: SharedPart = {
  name: 'Init',
  text: `// Lambda imports this file, and an import waits for an exported then(): INIT ends once there is a
// connection to DynamoDB.

exports.then = (resolve) => ready.then(() => resolve({ lambda_handler: exports.lambda_handler }));
`,
};

const inOrder = (needs: readonly string[], parts: readonly SharedPart[]): string[] =>
  parts.map(({ name }) => name).filter((name) => needs.includes(name));

/** `JsonText` for json-text.ts and json_text.py. */
export const partName = ({ path }: Module): string =>
  path
    .replace(/^.*\/|\.\w+$/g, '')
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const javascript = (module: Module): string => {
  try {
    return `${stripTypeScriptTypes(textOf(module.statements))}\n`;
  } catch (error) {
    throw new SynthError(`${module.path}: ${(error as Error).message}; "npm run types" shows the line`);
  }
};

/** `require` statements for what files take from modules of Node.js, one for each module and form. */
const requires = (builtins: readonly Builtin[]): string => {
  const statements = new Map<string, Set<string>>();
  for (const { module, name, local } of builtins) {
    const key = name === undefined ? `${module} ${local}` : module;
    const names = statements.get(key) ?? new Set();
    names.add(name === undefined || name === local ? local : `${name}: ${local}`);
    statements.set(key, names);
  }
  return [...statements]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, names]) => {
      const [module = '', whole] = key.split(' ');
      return `const ${whole ?? `{ ${[...names].sort().join(', ')} }`} = require('${module}');\n`;
    })
    .join('');
};
