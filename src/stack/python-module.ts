import { type Statement, statementsOf, type Token } from './python-tokens.ts';

/** A source file in Python, its imports taken out. */
export interface PythonModule {
  readonly path: string;
  readonly statements: readonly Statement[];
  /** Names that it defines at top level. */
  readonly names: readonly string[];
  /** Modules of the same folder that it imports, such as `item`. */
  readonly modules: readonly string[];
  readonly imports: readonly PythonImport[];
}

/** A name that a file takes from the standard library. `name` is absent where it takes the whole module. */
export interface PythonImport {
  readonly module: string;
  readonly name?: string;
}

/**
 * Separates imports from the code and leaves out what is for type checkers only: the blocks of `if TYPE_CHECKING:`.
 * Throws an Error for a form that cannot be inlined.
 */
export const parsePythonModule = (path: string, source: string): PythonModule => {
  const modules: string[] = [];
  const imports: PythonImport[] = [];
  const statements: Statement[] = [];
  const all = statementsOf(path, source);
  for (let index = 0; index < all.length; index++) {
    const statement = all[index];
    if (statement === undefined) break;
    const text = code(statement);
    if (text === 'if TYPE_CHECKING:') {
      while ((all[index + 1]?.indent ?? 0) > statement.indent) index++;
    } else if (/^(?:import|from) /.test(text)) {
      const { own, names } = parseImport(text, statement.indent, () => refuse(path, statement.line, text));
      modules.push(...own);
      imports.push(...names);
    } else statements.push(statement);
  }
  return { path, statements, names: statements.flatMap(definedNames), modules, imports };
};

/** The import statements for what the standard library gives, in the order of isort: modules in one line, then names. */
export const importStatements = (imports: readonly PythonImport[]): string => {
  const sorted = [...new Set(imports.map(({ module }) => module))].sort();
  const whole = sorted.filter((module) => imports.some((one) => one.module === module && one.name === undefined));
  const lines = sorted.flatMap((module) => {
    const names = imports.flatMap((one) => (one.module === module && one.name !== undefined ? [one.name] : []));
    return names.length ? [`from ${module} import ${[...new Set(names)].sort().join(', ')}\n`] : [];
  });
  return [whole.length ? `import ${whole.join(', ')}\n` : '', ...lines].join('');
};

/** A statement without comments, in one line, spaces as they are. */
export const code = ({ tokens }: Statement): string =>
  tokens
    .filter(({ kind }) => kind !== 'comment')
    .map(({ text, before }) => before.replace(/\s*\n\s*/, ' ') + text)
    .join('');

const parseImport = (text: string, indent: number, refuse: () => never): { own: string[]; names: PythonImport[] } => {
  const [, module, clause] = /^(?:from (\S+) )?import \(?\s*([\w., ]+?),?\s*\)?$/.exec(text) ?? refuse();
  const names = clause?.split(/, */) ?? [];
  if (indent > 0 || /(?:^|,) *\w+ as |\bas\b/.test(clause ?? '')) refuse();
  if (module === undefined) return { own: [], names: names.map((name) => ({ module: name })) };
  if (/^\.\w+$/.test(module)) return { own: [module.slice(1)], names: [] };
  if (module.startsWith('.')) refuse();
  // Annotations go, and with them what they need.
  if (module === '__future__' && clause === 'annotations') return { own: [], names: [] };
  const kept = names.filter((name) => name !== 'TYPE_CHECKING');
  return { own: [], names: kept.map((name) => ({ module, name })) };
};

const refuse = (path: string, line: number, text: string): never => {
  throw new Error(
    `${path}:${line}: ${text} cannot be inlined; import whole modules or names of the standard library, and names of .modules, without "as", at top level`,
  );
};

const definedNames = ({ indent, tokens }: Statement): string[] => {
  const [first, second] = tokens.filter(({ kind }: Token) => kind !== 'comment');
  if (indent > 0 || first?.kind !== 'name' || second === undefined) return [];
  if (first.text === 'def' || first.text === 'class') return [second.text];
  return second.text === '=' || second.text === ':' ? [first.text].filter((name) => !blocks.has(name)) : [];
};

/** Keywords that a colon may follow. */
const blocks: ReadonlySet<string> = new Set(['else', 'try', 'finally', 'except', 'lambda']);
