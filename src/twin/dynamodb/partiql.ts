/** Action and target of a PartiQL statement: `Select`, `Insert`, `Update` or `Delete`, the table, and its index. */
export interface StatementTarget {
  readonly action: string;
  readonly table?: string;
  readonly index?: string;
}

/**
 * Reads the parts of a statement that IAM evaluates: the first word, and the name after FROM, INTO or UPDATE. Strings, quoted
 * names and comments may contain such words, so each is one token. `EXISTS(SELECT …)` counts as a SELECT.
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

/** Comments, strings, quoted names, words, whitespace, and any other character. */
const token = /--[^\n]*|\/\*.*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+|\s+|./gs;

const nameOf = (text: string | undefined): string | undefined => {
  if (text?.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return text !== undefined && /^[\w$]+$/.test(text) ? text : undefined;
};
