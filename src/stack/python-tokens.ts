/** A token of Python and the space in front of it, with line ends where it stands within brackets. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'comment';
  readonly text: string;
  readonly before: string;
}

/** A line of code, however many lines it is written on. */
export interface Statement {
  /** Spaces in front of it. */
  readonly indent: number;
  readonly tokens: readonly Token[];
  /** Line of the source it begins in, from 1. */
  readonly line: number;
}

/**
 * Splits Python source into statements. Comments are tokens: those on lines of their own are statements.
 * Throws an Error for what is not Python, and for what ruff format does not write: tabs, `;` and lines continued by `\`.
 */
export const statementsOf = (path: string, source: string): Statement[] => {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  let start = 0;
  let depth = 0;
  const end = (): void => {
    const before = source.slice(0, start);
    const line = before.split('\n').length;
    if (tokens.length) statements.push({ indent: start - before.lastIndexOf('\n') - 1, tokens, line });
    tokens = [];
  };
  for (let at = 0; at < source.length; ) {
    space.lastIndex = at;
    const before = space.exec(source)?.[0] ?? '';
    at += before.length;
    if (depth === 0 && before.includes('\n')) end();
    if (at === source.length) break;
    token.lastIndex = at;
    const match = token.exec(source);
    if (!match) {
      const line = source.slice(0, at).split('\n').length;
      throw new Error(`${path}:${line}: cannot be inlined from ${JSON.stringify(source.slice(at, at + 20))} on`);
    }
    const text = match[0];
    const kind = kinds.find((name) => match.groups?.[name] !== undefined) ?? 'operator';
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text)) depth--;
    if (!tokens.length) start = at;
    tokens.push({ kind, text, before: tokens.length ? before : '' });
    at += text.length;
  }
  end();
  return statements;
};

/** The tokens of an expression. */
export const tokensOf = (expression: string): readonly Token[] =>
  statementsOf('an f-string', `(${expression})`)
    .flatMap(({ tokens }) => tokens)
    .slice(1, -1);

const kinds = ['comment', 'string', 'number', 'name'] as const;

const space = /[ \n]*/y;

// A string prefix is part of the string, so strings come before names; longer operators before those they begin with.
const token = new RegExp(
  [
    '(?<comment>#[^\\n]*)',
    `(?<string>(?:[rRbBfFuU]{1,2})?(?:"""(?:\\\\[^]|[^\\\\])*?"""|'''(?:\\\\[^]|[^\\\\])*?'''|"(?:\\\\[^]|[^"\\\\\\n])*"|'(?:\\\\[^]|[^'\\\\\\n])*'))`,
    '(?<number>\\.?\\d(?:[eE][+-]?\\d|[\\w.])*)',
    '(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)',
    '\\*\\*=|//=|>>=|<<=|\\.\\.\\.|->|:=|[-+*/%@&|^=!<>]=|\\*\\*|//|<<|>>|[-+*/%@&|^~<>()[\\]{}.,:=]',
  ].join('|'),
  'uy',
);
