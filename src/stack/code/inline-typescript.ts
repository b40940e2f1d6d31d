import { stripTypeScriptTypes } from 'node:module';
import { compileFunction } from 'node:vm';
import { type InlineCode, type SharedPart, sourceOf } from './edition.ts';
import { formatJavascript } from './format-javascript.ts';
import { type Entities, type FunctionSource, loadFiles } from './load.ts';
import { type Builtin, builtinKey, type Module, partName } from './module.ts';
import { textOf } from './statements.ts';
import { SynthError } from './synth-error.ts';
import { parseTypescript } from './typescript-module.ts';

/**
 * Converts handlers in TypeScript to inline code that reads like its source: names, comments and line breaks are kept. Types are
 * removed. `Code.ZipFile` is one CommonJS file, so `import` becomes `require`, and the files that a handler imports share one
 * scope with it. Throws a SynthError with file and line for code that cannot be inlined.
 */
export const inlineTypescript = (folder: string, functions: readonly FunctionSource[], entities?: Entities): InlineCode => {
  const files = loadFiles(folder, functions, (name) => `${name}.ts`, parseTypescript, entities);
  const builtins = files.shared.flatMap((module) => module.builtins);
  const inherited = new Set(builtins.map(builtinKey));
  const isOwn = (one: Builtin): boolean => !inherited.has(builtinKey(one));

  const imports: SharedPart = {
    name: 'Imports',
    text: `// Imports: modules of Node.js that the shared files use.\n\n'use strict';\n${requires(builtins)}`,
  };
  const shared = files.shared.map((module) => ({
    name: partName(module),
    text: `${module.heading}\n\n${javascript(module)}`,
    origin: { module, preamble: module.heading },
  }));
  const hasReady = files.shared.find(({ exports }) => exports.includes('ready'));
  const own = [...files.handlers].map(([handler, { module, needs }]) => {
    const names = needs.flatMap((one) => (one === hasReady ? [partName(one), initPart.name] : [partName(one)]));
    const preamble = [module.heading, requires(module.builtins.filter(isOwn)).trim()].filter(Boolean).join('\n\n');
    const text = `${preamble}\n\n${exportHandler(javascript(module))}`;
    return { handler, module, text, needs: [imports.name, ...names], origin: { module, preamble } };
  });

  const parts = shared.flatMap((part) => (hasReady && part.name === partName(hasReady) ? [part, initPart] : [part]));
  const formatted = formatJavascript([imports, ...parts, ...own].map(({ text }) => text));
  const code: InlineCode = {
    shared: [imports, ...parts].map((part, index) => ({ ...part, text: formatted[index] ?? '' })),
    handlers: new Map(
      own.map(({ handler, needs, origin }, index) => [
        handler,
        { needs: inOrder(needs, [imports, ...parts]), text: formatted[1 + parts.length + index] ?? '', origin },
      ]),
    ),
  };
  for (const { handler, module } of own) checkWhole(code, handler, module);
  return code;
};

/**
 * CommonJS has no top-level await. But if a module exports `then`, `import()` of it waits and returns the value that `then`
 * resolves with (ECMAScript, ContinueDynamicImport); Lambda's runtime uses `import()`. `require` returns the handler immediately.
 */
const initPart: SharedPart = {
  name: 'Init',
  text: `// Init: delays the first invocation until the connection to DynamoDB is open. Lambda's import() of this
// file waits for an exported then().

exports.then = (resolve) => ready.then(() => resolve({ lambda_handler: exports.lambda_handler }));
`,
};

const inOrder = (needs: readonly string[], parts: readonly SharedPart[]): string[] =>
  parts.map(({ name }) => name).filter((name) => needs.includes(name));

/** Returns the statements of a file in JavaScript. Throws for a statement that is not valid in CommonJS. */
const javascript = ({ path, statements }: Module): string => {
  const whole = `${stripTypeScriptTypes(textOf(statements))}\n`;
  if (compileFault(whole) === undefined) return whole;
  for (const { line, code } of statements) {
    const fault = compileFault(stripTypeScriptTypes(code));
    if (fault !== undefined) {
      throw new SynthError(
        `${path}:${line}: ${fault}; a function is a CommonJS file, without top-level await and import.meta`,
      );
    }
  }
  return whole;
};

const exportHandler = (code: string): string =>
  code.match(/\blambda_handler\b/g)?.length === 1 && /^const lambda_handler\b/m.test(code)
    ? code.replace(/^const lambda_handler\b/m, 'exports.lambda_handler')
    : `${code}\nexports.lambda_handler = lambda_handler;\n`;

/** Throws if the parts do not compile together: each may be valid only by itself. */
const checkWhole = (code: InlineCode, name: string, module: Module): void => {
  const handler = code.handlers.get(name);
  const fault = handler && compileFault(sourceOf(code, handler));
  if (fault !== undefined) throw new SynthError(`${module.path}:1: the function's code does not compile: ${fault}`);
};

/** Returns the error of code that does not compile as CommonJS; undefined if it compiles. */
const compileFault = (code: string): string | undefined => {
  try {
    compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname']);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/** Returns `require` statements for what files use from modules of Node.js, one for each module and form. */
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
