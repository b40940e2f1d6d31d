import { stripTypeScriptTypes } from 'node:module';
import { basename } from 'node:path';
import type { Builtin, Import, Module } from './module.ts';
import { lineAt, type Statement, type Syntax, statementsOf } from './statements.ts';
import { SynthError } from './synth-error.ts';
import { typescriptSpans } from './typescript-spans.ts';

/** Parses a TypeScript file and removes its imports, exports and types. Throws a SynthError for a form that cannot be inlined. */
export const parseTypescript = (path: string, source: string): Module => {
  const [first = '', ...rest] = source.split('\n');
  if (!/^\/\/ \S/.test(first)) {
    throw new SynthError(`${path}:1: say in a first line "// …" what the file is for: it becomes the heading of its code`);
  }
  checkSyntax(path, source);
  const imports: Import[] = [];
  const builtins: Builtin[] = [];
  const exports: string[] = [];
  const names = new Map<string, number>();
  const statements: Statement[] = [];
  for (const statement of statementsOf(['', ...rest].join('\n'), typescriptSyntax(path))) {
    const { line, code } = statement;
    const reject = (): never => rejectForm(path, line, code);
    if (/\bimport\(['"`]\./.test(code)) reject();
    if (/^import\b(?!\()/.test(code)) {
      const { from, imported } = parseImport(code) ?? reject();
      if (from.startsWith('node:')) builtins.push(...imported.map((one) => ({ module: from, ...one, line })));
      else if (imported.length > 0) {
        if (!/^\.\/[\w-]+\.ts$/.test(from) || imported.some(({ name, local }) => name !== local)) reject();
        imports.push({ file: from.slice(2, -3), names: imported.map(({ local }) => local), line });
      }
      continue;
    }
    // Statements that only the compiler needs are left out, with their comments.
    if (/^(?:export )?(?:interface|type|declare)\b/.test(code)) continue;
    const isExport = code.startsWith('export ');
    const inner = isExport ? code.slice('export '.length) : code;
    const declared = declaredNames(inner);
    if (isExport && (declared.length !== 1 || /^(?:default|\{|\*)/.test(inner))) reject();
    if (isExport) exports.push(...declared);
    for (const name of declared) names.set(name, line);
    statements.push({ ...statement, column: code.length - inner.length, code: inner });
  }
  return { path, heading: `// ${basename(path)}: ${first.slice(3)}`, statements, names, exports, imports, builtins };
};

/** Throws if the source is not valid TypeScript, or has types that cannot simply be removed. */
const checkSyntax = (path: string, source: string): void => {
  try {
    stripTypeScriptTypes(source);
  } catch (error) {
    // The stack begins with the place: `:3`.
    const { message, stack } = error as Error;
    throw new SynthError(`${path}${/^:\d+/.exec(stack ?? '')?.[0] ?? ''}: ${message}; "npm run types" shows more`);
  }
};

/** Returns the syntax of TypeScript, as this repository is formatted. */
export const typescriptSyntax = (path: string): Syntax => ({
  spans: (source) =>
    typescriptSpans(source, (offset, fault) => {
      throw new SynthError(`${path}:${lineAt(source, offset)}: ${fault}; "npm run types" shows more`);
    }),
  isComment: (line) => /^\/[/*]/.test(line),
  // The spans do not include the angle brackets of types, which look like comparisons.
  isContinuation: (line) => line.startsWith('>'),
});

const rejectForm = (path: string, line: number, code: string): never => {
  throw new SynthError(
    `${path}:${line}: ${code.split('\n', 1)} cannot be inlined; use named imports of ./files.ts and of node: modules, and export const, class or function`,
  );
};

/** Returns the names that an import statement imports, without types; undefined for a form that is not supported. */
const parseImport = (
  code: string,
): { readonly from: string; readonly imported: readonly Omit<Builtin, 'module' | 'line'>[] } | undefined => {
  const [, type, clause = '', from = ''] = /^import (type )?(.+?) from '([^']+)';$/s.exec(code) ?? [];
  if (from === '') return undefined;
  if (type) return { from, imported: [] };
  const [, whole, named] = /^(?:(?:\* as )?([\w$]+))?(?:, )?(?:\{(.*)\})?$/s.exec(clause) ?? [];
  const names = (named ?? '').split(',').flatMap((part) => {
    const [name, local = name] = part.trim().split(' as ');
    return name && local && !name.startsWith('type ') ? [{ name, local }] : [];
  });
  // CommonJS has no `default` that `require` could return.
  if (names.some(({ name }) => name === 'default')) return undefined;
  return { from, imported: whole ? [{ local: whole }, ...names] : names };
};

/** Returns the names that a statement declares. */
const declaredNames = (code: string): string[] => {
  const [, name] = /^(?:const|let|var|class|(?:async )?function\*?) ([\w$]+)/.exec(code) ?? [];
  if (name !== undefined) return [name];
  const [, pattern] = /^(?:const|let|var) [{[]([^=]*)[}\]] =/s.exec(code) ?? [];
  return (pattern ?? '').split(',').flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
};
