/** Action and target of a PartiQL statement: `Select`, `Insert`, `Update` or `Delete`, a table, and an index of it. */
export interface StatementTarget {
  readonly action: string;
  readonly table?: string;
  readonly index?: string;
}

/**
 * Reads as much of a statement as IAM asks about: its first word, and the name that stands after FROM, INTO or UPDATE. Texts,
 * quoted names and comments, which may hold such words, are read as wholes. `EXISTS(SELECT …)` selects.
 */
export const statementTarget = (statement: string): StatementTarget => {
  const tokens = (statement.match(token) ?? []).filter((text) => !/^(--|\/\*|\s)/.test(text));
  const isWord = (text: string | undefined, word: string): boolean => text?.toUpperCase() === word;
  const verb = isWord(tokens[0], 'EXISTS') ? 'SELECT' : (tokens[0] ?? '');
  const before = { SELECT: 'FROM', DELETE: 'FROM', INSERT: 'INTO', UPDATE: 'UPDATE' }[verb.toUpperCase()];
  const action = verb.charAt(0).toUpperCase() + verb.slice(1).toLowerCase();
  const place = tokens.findIndex((text) => before !== undefined && isWord(text, before)) + 1;
  const table = place === 0 ? undefined : nameOf(tokens[place]);
  const index = tokens[place + 1] === '.' ? nameOf(tokens[place + 2]) : undefined;
  return { action, ...(table !== undefined && { table }), ...(index !== undefined && { index }) };
};

/** Comments, texts, quoted names, words, and any other character. */
const token = /--[^\n]*|\/\*.*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+|\s+|./gs;

const nameOf = (text: string | undefined): string | undefined => {
  if (text?.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return text !== undefined && /^[\w$]+$/.test(text) ? text : undefined;
};
