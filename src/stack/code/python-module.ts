import { basename } from 'node:path';
import type { Builtin, Import, Module } from './module.ts';
import { pythonSpans } from './python-spans.ts';
import { lineAt, type Statement, type Syntax, statementsOf } from './statements.ts';
import { SynthError } from './synth-error.ts';

/**
 * Parses a Python file and removes its imports, and the block of `if TYPE_CHECKING:`, which only type checkers need. Annotations
 * remain: `from __future__ import annotations` at the start of the function prevents their evaluation. Throws a SynthError for a
 * form that cannot be inlined.
 */
export const parsePython = (path: string, source: string): Module => {
  const [docstring, ...rest] = statementsOf(source, syntaxOf(path));
  const [, heading = ''] = /^"""(.*?)(?:"""$|\n)/s.exec(docstring?.code ?? '') ?? [];
  if (heading.trim() === '') {
    throw new SynthError(`${path}:1: begin with a docstring: its first line becomes the heading of the file's code`);
  }
  const imports: Import[] = [];
  const builtins: Builtin[] = [];
  const names = new Map<string, number>();
  const statements: Statement[] = [];
  for (const statement of rest) {
    const { line, code } = statement;
    const reject = (): never => rejectForm(path, line, code);
    if (isForTypeCheckers.test(code)) {
      // Code under `else` would be lost.
      if (/^(?:else|elif)\b/m.test(code)) reject();
      continue;
    }
    if (/^(?:import|from) /.test(code)) {
      const { module, imported } = parseImport(code) ?? reject();
      if (module?.startsWith('.')) imports.push({ file: module.slice(1), names: imported.map(({ local }) => local), line });
      else builtins.push(...imported.map((one) => ({ ...one, line })));
      continue;
    }
    const indented = code.split('\n').findIndex((text) => /^\s+from \./.test(text));
    if (indented >= 0) rejectForm(path, line + indented, code.split('\n')[indented]?.trim() ?? '');
    for (const name of definedNames(code)) names.set(name, line);
    statements.push(statement);
  }
  return {
    path,
    heading: `# ${basename(path)}: ${heading}`,
    statements,
    names,
    exports: [...names.keys()],
    imports,
    builtins,
  };
};

const isForTypeCheckers = /^if (?:typing\.)?TYPE_CHECKING:/;

const syntaxOf = (path: string): Syntax => ({
  spans: (source) =>
    pythonSpans(source, (offset, fault) => {
      throw new SynthError(`${path}:${lineAt(source, offset)}: ${fault}: correct the syntax`);
    }),
  isComment: (line) => line.startsWith('#'),
  // A decorator belongs to the definition below it.
  isContinuation: (line, code) =>
    /^(?:else|elif|except|finally)\b/.test(line) ||
    (code[0]?.startsWith('@') === true && !code.some((text) => /^(?:async def|def|class)\b/.test(text))),
});

const parseImport = (
  code: string,
): { readonly module: string | undefined; readonly imported: readonly Omit<Builtin, 'line'>[] } | undefined => {
  const plain = code.replaceAll(/ *#.*/g, '');
  const [, module, clause = ''] = /^(?:from (\S+) )?import \(?\s*([\w.,\s]+?),?\s*\)?$/.exec(plain) ?? [];
  const names = clause.split(/,\s*/);
  if (clause === '' || names.some((name) => /\s/.test(name)) || /^\.\.|^\.$|^\..*\./.test(module ?? '')) return undefined;
  if (module === undefined) {
    return { module, imported: names.map((name) => ({ module: name, local: name.replace(/\..*/, '') })) };
  }
  const kept = module === '__future__' ? [] : names.filter((name) => name !== 'TYPE_CHECKING');
  return { module, imported: kept.map((name) => ({ module, name, local: name })) };
};

const rejectForm = (path: string, line: number, code: string): never => {
  throw new SynthError(
    `${path}:${line}: ${code.split('\n', 1)} cannot be inlined; import whole modules or names of the standard library, and names of .modules, without "as", at the top level`,
  );
};

/**
 * Returns the names that a statement defines. For a compound statement these include the names in its blocks, which have no scope
 * of their own.
 */
const definedNames = (code: string): string[] => {
  const own = code.startsWith('@') ? code.slice(code.search(/^(?:async def|def|class)\b/m)) : code;
  const [, defined] = /^(?:(?:async )?def|class|type) (\w+)/.exec(own) ?? [];
  if (defined !== undefined) return [defined];
  if (!isCompound.test(own)) return assignedNames(own);
  return own
    .split('\n')
    .flatMap((text) => [
      ...assignedNames(text.trim()),
      ...(/^\s*(?:(?:async )?def|class) (\w+)/.exec(text)?.slice(1) ?? []),
      ...(/^\s*(?:async )?for (\w+(?:, \w+)*) in\b/.exec(text)?.[1]?.split(', ') ?? []),
      ...[...text.matchAll(/\bas (\w+)/g)].map(([, name = '']) => name),
    ]);
};

const isCompound = /^(?:if|for|while|with|try|match|async)\b/;

/** Returns `a` and `b` of `a, b = 1, 2` and of `a = b = 1`, and `a` of `a: int`. */
const assignedNames = (code: string): string[] => {
  const [targets = ''] = /^\w+(?=: )|^(?:\(?\w+(?:, \w+)*,?\)? = )+/.exec(code) ?? [];
  return targets.match(/\w+/g) ?? [];
};
