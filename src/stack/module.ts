import { transformSync } from 'esbuild';

/** A source file in JavaScript, its imports and exports taken out. */
export interface Module {
  readonly path: string;
  readonly code: string;
  readonly exports: readonly string[];
  /** Files of the same folder that it imports, such as `./item.ts`. */
  readonly files: readonly string[];
  readonly builtins: readonly Builtin[];
}

/** A name that a file takes from a module of Node.js. `imported` is absent where it takes the whole module. */
export interface Builtin {
  readonly module: string;
  readonly imported?: string;
  readonly local: string;
}

/** Strips types and separates imports and exports from the code. Throws an Error for a form that cannot be inlined. */
export const parseModule = (path: string, source: string): Module => {
  // esbuild prints each import and export in one way, whatever the source looks like.
  const { code } = transformSync(source, {
    loader: 'ts',
    sourcefile: path,
    target: 'node24',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, target: 'esnext' } },
  });
  const files: string[] = [];
  const builtins: Builtin[] = [];
  const exports: string[] = [];
  const refuse = (what: string): never => {
    throw new Error(
      `${path}: ${what.trim()} cannot be inlined; use named imports of ./files.ts and of node: modules, and export const, class or function`,
    );
  };
  const body = code
    .replace(/^import (?:([^"]*?) from )?"([^"]+)";\n/gm, (statement, clause: string | undefined, from: string) => {
      const names = parseClause(clause ?? refuse(statement), () => refuse(statement));
      if (from.startsWith('node:')) builtins.push(...names.map((name) => ({ module: from, ...name })));
      else if (/^\.\/[\w-]+\.ts$/.test(from) && names.every(({ imported, local }) => imported === local)) files.push(from);
      else refuse(statement);
      return '';
    })
    .replace(/^export ((?:const|let|class|(?:async )?function\*?) ([\w$]+))/gm, (_, declaration: string, name: string) => {
      exports.push(name);
      return declaration;
    });
  const leftOver = /^(?:import|export)\b.*$/m.exec(body)?.[0];
  if (leftOver) refuse(leftOver);
  return { path, code: body, exports, files, builtins };
};

/** `require` statements for what modules of Node.js give, one for each module and form. */
export const requires = (builtins: readonly Builtin[]): string => {
  const statements = new Map<string, Set<string>>();
  for (const { module, imported, local } of builtins) {
    const form = imported === undefined ? `${module} ${local}` : module;
    const names = statements.get(form) ?? new Set();
    names.add(imported === undefined || imported === local ? local : `${imported}: ${local}`);
    statements.set(form, names);
  }
  return [...statements]
    .map(([form, names]) => {
      const [module = form, whole] = form.split(' ');
      return `const ${whole ?? `{ ${[...names].join(', ')} }`} = require("${module}");\n`;
    })
    .join('');
};

const parseClause = (clause: string, refuse: () => never): Omit<Builtin, 'module'>[] => {
  const [, whole, named] = /^(?:(?:\* as )?([\w$]+))?(?:, )?(?:\{([^}]*)\})?$/s.exec(clause) ?? refuse();
  const names = (named ?? '').split(',').flatMap((part) => {
    const [imported, local = imported] = part.trim().split(' as ');
    return imported && local ? [{ imported, local }] : [];
  });
  return whole ? [{ local: whole }, ...names] : names;
};
