import { basename } from 'node:path';
import { type Statement, type Syntax, statementsOf } from './statements.ts';
import { SynthError } from './synth-error.ts';

/** A source file of functions, its imports and exports taken out. */
export interface Module {
  readonly path: string;
  /** What the file is for, in a line. */
  readonly heading: string;
  /** Its statements; in TypeScript, or in Python as they are. */
  readonly statements: readonly Statement[];
  /** Names that it declares at the top level, with the line of each. */
  readonly names: ReadonlyMap<string, number>;
  readonly exports: readonly string[];
  /** Files of the same folder that it imports, without their ending. */
  readonly files: readonly string[];
  readonly builtins: readonly Builtin[];
}

/** A name that a file takes from a module of the runtime. `name` is absent where it takes the whole module. */
export interface Builtin {
  readonly module: string;
  readonly name?: string;
  readonly local: string;
}

/** Takes imports, exports and types out of a file in TypeScript. Throws a SynthError for a form that cannot be inlined. */
export const parseTypescript = (path: string, source: string): Module => {
  const [first = '', ...rest] = source.split('\n');
  if (!/^\/\/ \S/.test(first)) {
    throw new SynthError(`${path}:1: say in a first line "// …" what the file is for: it becomes the heading of its code`);
  }
  const files: string[] = [];
  const builtins: Builtin[] = [];
  const exports: string[] = [];
  const names = new Map<string, number>();
  const statements: Statement[] = [];
  for (const statement of statementsOf(['', ...rest].join('\n'), syntax)) {
    const { line, code } = statement;
    const refuse = (): never => refuseForm(path, line, code);
    if (/^import\b/.test(code)) {
      const { from, imported } = parseImport(code) ?? refuse();
      if (from.startsWith('node:')) builtins.push(...imported.map((one) => ({ module: from, ...one })));
      else if (imported.length > 0) {
        if (!/^\.\/[\w-]+\.ts$/.test(from) || imported.some(({ name, local }) => name !== local)) refuse();
        files.push(from.slice(2, -3));
      }
      continue;
    }
    // What only the compiler needs goes, its comment with it.
    if (/^(?:export )?(?:interface|type|declare)\b/.test(code)) continue;
    const isExport = code.startsWith('export ');
    const inner = isExport ? code.slice('export '.length) : code;
    const declared = declaredNames(inner);
    if (isExport && (declared.length !== 1 || /^(?:default|\{|\*)/.test(inner))) refuse();
    if (isExport) exports.push(...declared);
    for (const name of declared) names.set(name, line);
    statements.push({ ...statement, code: inner });
  }
  return { path, heading: `// ${basename(path)}: ${first.slice(3)}`, statements, names, exports, files, builtins };
};

const syntax: Syntax = {
  isComment: (line) => /^\/[/*]/.test(line),
  endOfComment: (line) => (line.startsWith('/*') ? /\*\/\s*$/ : undefined),
  isContinuation: (line) => /^[})\]|&]/.test(line),
};

const refuseForm = (path: string, line: number, code: string): never => {
  throw new SynthError(
    `${path}:${line}: ${code.split('\n', 1)} cannot be inlined; use named imports of ./files.ts and of node: modules, and export const, class or function`,
  );
};

/** The names that an import statement takes, types left out; undefined for a form that is not supported. */
const parseImport = (
  code: string,
): { readonly from: string; readonly imported: readonly Omit<Builtin, 'module'>[] } | undefined => {
  const [, type, clause = '', from = ''] = /^import (type )?(.+?) from '([^']+)';$/s.exec(code) ?? [];
  if (from === '') return undefined;
  if (type) return { from, imported: [] };
  const [, whole, named] = /^(?:(?:\* as )?([\w$]+))?(?:, )?(?:\{(.*)\})?$/s.exec(clause) ?? [];
  const names = (named ?? '').split(',').flatMap((part) => {
    const [name, local = name] = part.trim().split(' as ');
    return name && local && !name.startsWith('type ') ? [{ name, local }] : [];
  });
  return { from, imported: whole ? [{ local: whole }, ...names] : names };
};

/** The names that a statement declares. */
const declaredNames = (code: string): string[] => {
  const [, name] = /^(?:const|let|class|(?:async )?function\*?) ([\w$]+)/.exec(code) ?? [];
  if (name !== undefined) return [name];
  const [, pattern] = /^(?:const|let) [{[]([^=]*)[}\]] =/s.exec(code) ?? [];
  return (pattern ?? '').split(',').flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
};
