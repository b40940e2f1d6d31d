import { topLevel } from './python-strip.ts';
import { type Statement, type Token, tokensOf } from './python-tokens.ts';

/**
 * Gives what is local to each top-level statement a name as short as can be, one for all places in which it has the same
 * name. What others go by keeps its name: `kept`, attributes, and what stands in the body of a class.
 */
export const shortenNames = (statements: readonly Statement[], kept: ReadonlySet<string>): Statement[] =>
  groups(statements).flatMap((group) => {
    const own = new Set([...kept, ...members(group), ...group.flatMap(globals)]);
    const locals = new Set(group.flatMap(boundNames).filter((name) => !own.has(name)));
    const used = group.flatMap(({ tokens }) => names(tokens.flatMap(deep)));
    const fresh = shortNames(new Set(used.filter((name) => !locals.has(name))));
    const counts = new Map<string, number>();
    for (const name of used) if (locals.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    // What stands most often gets the shortest; the sort is stable.
    const renamed = new Map([...counts].sort(([, a], [, b]) => b - a).map(([name]) => [name, fresh.next().value ?? name]));
    return group.map((statement) => ({ ...statement, tokens: rename(statement.tokens, renamed) }));
  });

/** Names by which a statement passes arguments. */
export const passedByName = ({ tokens: own }: Statement): string[] => {
  if (own[0]?.text === 'def') {
    return defaults(inBrackets(own)).flatMap((tokens) => passedByName({ tokens, indent: 0, line: 0 }));
  }
  const tokens = own.flatMap(deep);
  // Before an assignment's own sign, names are targets.
  return tokens.flatMap(({ text, kind }, index) => {
    const passed = kind === 'name' && tokens[index + 1]?.text === '=' && '(,'.includes(tokens[index - 1]?.text ?? ' ');
    return passed && topLevel(tokens.slice(0, index + 2), ['=']) !== index + 1 ? [text] : [];
  });
};

/** A token, and those within an f-string. */
export const deep = (token: Token): Token[] => {
  const inner: Token[] = [];
  formatted(token, (expression) => {
    inner.push(...tokensOf(expression).flatMap(deep));
    return expression;
  });
  return [token, ...inner];
};

/** A top-level statement with all that is indented below it. */
const groups = (statements: readonly Statement[]): Statement[][] => {
  const found: Statement[][] = [];
  for (const statement of statements) {
    if (statement.indent === 0 && found.at(-1)?.[0]?.tokens[0]?.text !== '@') found.push([statement]);
    else found.at(-1)?.push(statement);
  }
  return found;
};

const names = (tokens: readonly Token[]): string[] => tokens.filter(isPlainName).map(({ text }) => text);

const isPlainName = ({ kind }: Token, index: number, tokens: readonly Token[]): boolean =>
  kind === 'name' && tokens[index - 1]?.text !== '.';

/** Names that a statement below the top level gives a value: parameters, targets, and what follows `as`. */
const boundNames = ({ tokens: own, indent }: Statement): string[] => {
  const tokens = own.flatMap(deep);
  const bound = tokens.flatMap((token, index) => {
    const rest = tokens.slice(index + 1);
    if (token.text === 'lambda') return parameters(rest.slice(0, topLevel(rest, [':'])));
    if (token.text === 'for') return names(rest.slice(0, topLevel(rest, ['in'])));
    return token.text === 'as' ? names(rest.slice(0, 1)) : [];
  });
  if (own[0]?.text === 'def') return [...bound, ...parameters(inBrackets(own))];
  const equals = indent > 0 ? topLevel(own, ['=']) : -1;
  if (equals < 0) return bound;
  const targets = own.slice(0, equals);
  // What is looked into or has an attribute set is not bound by that. There may be another target: a = b = 1.
  const direct = targets.filter((_, index) => !'[.'.includes(targets[index + 1]?.text ?? ' '));
  return [...bound, ...names(direct), ...boundNames({ tokens: own.slice(equals + 1), indent, line: 0 })];
};

/** What stands between the brackets of `def name():`. */
const inBrackets = (signature: readonly Token[]): readonly Token[] => signature.slice(3, -2);

/** The names of parameters, such as `a, *b, c=1`. */
const parameters = (tokens: readonly Token[]): string[] =>
  split(tokens).flatMap((parameter) => names(parameter).slice(0, 1));

/** What stands behind the names of parameters. */
const defaults = (tokens: readonly Token[]): (readonly Token[])[] =>
  split(tokens).map((parameter) => parameter.slice(topLevel(parameter, ['=']) + 1));

const split = (tokens: readonly Token[]): (readonly Token[])[] => {
  const comma = topLevel(tokens, [',']);
  return comma < 0 ? [tokens] : [tokens.slice(0, comma), ...split(tokens.slice(comma + 1))];
};

/** Names of the whole file that a function gives a value. */
const globals = ({ tokens }: Statement): string[] => (tokens[0]?.text === 'global' ? names(tokens.slice(1)) : []);

/** Names that stand in the body of a class: others go by them. */
const members = (group: readonly Statement[]): string[] => {
  if (group[0]?.tokens[0]?.text !== 'class') return [];
  return group
    .filter(({ indent }) => indent === 4)
    .flatMap(({ tokens: [first, second] }) => [first, first?.text === 'def' ? second : undefined])
    .flatMap((token) => (token?.kind === 'name' ? [token.text] : []));
};

const rename = (tokens: readonly Token[], renamed: ReadonlyMap<string, string>): Token[] =>
  tokens.map((token, index) => {
    if (token.kind === 'string')
      return { ...token, text: formatted(token, (expression) => renameText(expression, renamed)) };
    return isPlainName(token, index, tokens) ? { ...token, text: renamed.get(token.text) ?? token.text } : token;
  });

const renameText = (expression: string, renamed: ReadonlyMap<string, string>): string =>
  rename(tokensOf(expression), renamed)
    .map(({ before, text }) => before + text)
    .join('');

/** A string literal with what stands in the braces of an f-string changed. */
const formatted = ({ kind, text }: Token, change: (expression: string) => string): string => {
  if (kind !== 'string' || !/^[rR]?[fF]/.test(text)) return text;
  return fields(text, change);
};

/** Text with each `{expression!r:format}` changed; formats may have fields of their own. */
const fields = (text: string, change: (expression: string) => string): string => {
  let changed = '';
  for (let at = 0; at < text.length; ) {
    const brace = text[at] === '{' || text[at] === '}';
    if (brace && text[at + 1] === text[at]) {
      changed += text.slice(at, at + 2);
      at += 2;
    } else if (text[at] === '{') {
      const end = fieldEnd(text, at + 1);
      const [expression = '', rest = ''] = splitField(text.slice(at + 1, end));
      changed += `{${change(expression)}${fields(rest, change)}}`;
      at = end + 1;
    } else changed += text[at++];
  }
  return changed;
};

/** Index of the brace that closes what was opened before `start`. */
const fieldEnd = (text: string, start: number): number => {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`${text} has a brace that is not closed`);
};

/** An expression, and the conversion and format behind it. Neither `:` nor `!` stands for those within brackets or strings. */
const splitField = (field: string): readonly string[] => {
  const tokens = tokensOf(field.replace(/!(?=[rsa](?::|$))/, ':'));
  const colon = topLevel(tokens, [':']);
  if (tokens.at(colon < 0 ? -1 : colon - 1)?.text === '=') {
    throw new Error(`f"{${field}}" cannot be inlined, as it says a name that may be shortened`);
  }
  if (colon < 0) return [field];
  const length = tokens.slice(0, colon).reduce((sum, { before, text }) => sum + before.length + text.length, 0);
  return [field.slice(0, length), field.slice(length)];
};

/** `a` to `z`, then `aa` and so on, without those that are taken. */
function* shortNames(taken: ReadonlySet<string>): Generator<string, undefined> {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  for (let names = letters; ; names = names.flatMap((name) => letters.map((letter) => name + letter))) {
    for (const name of names) if (!taken.has(name) && !keywords.has(name)) yield name;
  }
}

/** Words that are no names. Those that stand for values are names for our purpose. */
export const keywords: ReadonlySet<string> = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
