import { basename } from 'node:path';
import { type Statement, type Syntax, statementsOf } from './statements.ts';
import { SynthError } from './synth-error.ts';
import type { Builtin, Module } from './typescript-module.ts';

/**
 * Takes imports out of a file in Python, and what only type checkers need: the block of `if TYPE_CHECKING:`. Annotations stay;
 * `from __future__ import annotations` at the head of the function keeps them from being evaluated. Throws a SynthError for a form
 * that cannot be inlined.
 */
export const parsePython = (path: string, source: string): Module => {
  const [docstring, ...rest] = statementsOf(source, syntax);
  const [, heading] = /^"""(.*?)(?:"""$|\n)/s.exec(docstring?.code ?? '') ?? [];
  if (heading === undefined) {
    throw new SynthError(`${path}:1: begin with a docstring: its first line becomes the heading of the file's code`);
  }
  const files: string[] = [];
  const builtins: Builtin[] = [];
  const names = new Map<string, number>();
  const statements: Statement[] = [];
  for (const statement of rest) {
    const { line, code } = statement;
    if (/^if TYPE_CHECKING:/.test(code)) continue;
    if (/^(?:import|from) /.test(code)) {
      const { module, imported } = parseImport(code) ?? refuseForm(path, line, code);
      if (module?.startsWith('.')) files.push(module.slice(1));
      else builtins.push(...imported);
      continue;
    }
    for (const name of definedNames(code)) names.set(name, line);
    statements.push(statement);
  }
  const exports = names.has('lambda_handler') ? ['lambda_handler'] : [];
  return { path, heading: `# ${basename(path)}: ${heading}`, statements, names, exports, files, builtins };
};

const syntax: Syntax = {
  isComment: (line) => line.startsWith('#'),
  endOfComment: () => undefined,
  // A decorator belongs to what it decorates; a docstring or a bracket may end at the margin.
  isContinuation: (line, before) =>
    /^[)\]}]|^"""$/.test(line) || /^(?:else|elif|except|finally)\b/.test(line) || before.startsWith('@'),
};

const parseImport = (
  code: string,
): { readonly module: string | undefined; readonly imported: readonly Builtin[] } | undefined => {
  const [, module, clause = ''] = /^(?:from (\S+) )?import \(?\s*([\w.,\s]+?),?\s*\)?$/.exec(code) ?? [];
  const names = clause.split(/,\s*/);
  if (clause === '' || names.some((name) => /\s/.test(name)) || /^\.\.|^\.$/.test(module ?? '')) return undefined;
  if (module === undefined) return { module, imported: names.map((name) => ({ module: name, local: name })) };
  const kept = module === '__future__' ? [] : names.filter((name) => name !== 'TYPE_CHECKING');
  return { module, imported: kept.map((name) => ({ module, name, local: name })) };
};

const refuseForm = (path: string, line: number, code: string): never => {
  throw new SynthError(
    `${path}:${line}: ${code.split('\n', 1)} cannot be inlined; import whole modules or names of the standard library, and names of .modules, without "as", at the top level`,
  );
};

const definedNames = (code: string): string[] => {
  const own = code.replace(/^(?:@.*\n)+/, '');
  const [, defined] = /^(?:async def|def|class) (\w+)/.exec(own) ?? [];
  if (defined !== undefined) return [defined];
  const [, targets = ''] = /^(\w+(?:, \w+)*)(?:: [^=]+?)? = /.exec(own) ?? /^(\w+): /.exec(own) ?? [];
  return targets.split(', ').filter((name) => name !== '' && !/^(?:if|for|while|with|try|else)$/.test(name));
};
