import type { Statement, Token } from './python-tokens.ts';

/** The same code without annotations, docstrings and comments. */
export const strip = (path: string, statements: readonly Statement[]): Statement[] => {
  const code = statements
    .map((statement) => ({ ...statement, tokens: statement.tokens.filter(({ kind }) => kind !== 'comment') }))
    .filter(({ tokens }) => !tokens.every(({ kind }) => kind === 'string'));
  const headers: Statement[] = [];
  return code.flatMap((statement, index) => {
    while ((headers.at(-1)?.indent ?? -1) >= statement.indent) headers.pop();
    const [first] = statement.tokens;
    if (first?.text === 'class' && statement.indent > 0) {
      throw new Error(`${path}:${statement.line}: a class within another block cannot be inlined: define it at top level`);
    }
    if (first?.text === 'async') {
      throw new Error(`${path}:${statement.line}: async cannot be inlined: Lambda awaits no handler in Python`);
    }
    const tokens = withoutAnnotations(statement.tokens);
    if (tokens === undefined && headers.at(-1)?.tokens[0]?.text === 'class') {
      throw new Error(
        `${path}:${statement.line}: a field without a value cannot be inlined, as annotations go: assign it in __init__`,
      );
    }
    if (tokens === undefined) return [];
    if (!isHeader(statement)) return [{ ...statement, tokens }];
    headers.push(statement);
    // All that a block had may have been its docstring.
    const empty = (code[index + 1]?.indent ?? 0) <= statement.indent;
    return [{ ...statement, tokens }, ...(empty ? [{ ...statement, indent: statement.indent + 4, tokens: [pass] }] : [])];
  });
};

/** Whether a statement is the first line of a block. */
export const isHeader = ({ tokens }: Statement): boolean => tokens.at(-1)?.text === ':';

/** Index of the first of these texts that stands in no brackets, -1 if there is none. */
export const topLevel = (tokens: readonly Token[], texts: readonly string[]): number => {
  let depth = 0;
  return tokens.findIndex(({ text, kind }) => {
    if (kind === 'string') return false;
    if (depth === 0 && texts.includes(text)) return true;
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text)) depth--;
    return false;
  });
};

const pass: Token = { kind: 'name', text: 'pass', before: '' };

const withoutAnnotations = (tokens: readonly Token[]): readonly Token[] | undefined => {
  if (tokens[0]?.text === 'def') return withoutSignature(tokens);
  const colon = topLevel(tokens, [':', '=']);
  const target = tokens.slice(0, colon);
  // A colon at the end begins a block, and one behind `lambda` its value.
  const annotated = tokens[colon]?.text === ':' && colon < tokens.length - 1 && target.every(isOfTarget);
  if (!annotated) return tokens;
  const value = topLevel(tokens, ['=']);
  // A name that is only announced gets its value later.
  return value < 0 ? undefined : [...target, ...tokens.slice(value)];
};

/** Whether a token can stand in `self.name`. */
const isOfTarget = ({ kind, text }: Token): boolean => text === '.' || (kind === 'name' && text !== 'lambda');

/** `def name(a, b=1):` of `def name(a: A, b: B = 1) -> C:`. */
const withoutSignature = (tokens: readonly Token[]): readonly Token[] => {
  const open = tokens.findIndex(({ text }) => text === '(') + 1;
  const close = open + topLevel(tokens.slice(open), [')']);
  const kept = tokens.slice(0, open);
  for (let at = open; at < close; ) {
    const rest = tokens.slice(at, close);
    const comma = topLevel(rest, [',']);
    const parameter = rest.slice(0, comma < 0 ? rest.length : comma + 1);
    kept.push(...withoutAnnotation(parameter));
    at += parameter.length;
  }
  return [...kept, ...tokens.slice(close, close + 1), ...tokens.slice(-1)];
};

/** `b=1,` of `b: B = 1,`. */
const withoutAnnotation = (parameter: readonly Token[]): readonly Token[] => {
  const colon = topLevel(parameter, [':', '=']);
  if (parameter[colon]?.text !== ':') return parameter;
  const end = topLevel(parameter, ['=', ',']);
  const tail = end < 0 ? [] : parameter.slice(end);
  const close = tail[0]?.text === '=' ? 2 : 0;
  return [...parameter.slice(0, colon), ...tail.map((token, index) => (index < close ? { ...token, before: '' } : token))];
};
