import { keywords } from './python-names.ts';
import { isHeader, topLevel } from './python-strip.ts';
import type { Statement, Token } from './python-tokens.ts';

/** Prints statements as they are, but with one space for each level of indentation, no empty lines, and brackets closed on their line if they fit. */
export const shallow = (statements: readonly Statement[]): string =>
  statements.map(({ indent, tokens }) => `${spaces(indent)}${onLines(tokens, indent / 4)}\n`).join('');

/** Prints statements in as few lines as there can be, each without the spaces that only please. */
export const dense = (statements: readonly Statement[]): string => {
  const lines: Line[] = [];
  for (const statement of statements) {
    const { indent, tokens } = statement;
    const kind = isHeader(statement) ? 'header' : tokens[0]?.text === '@' ? 'decorator' : 'simple';
    const line = { indent, kind, text: withoutSpaces(tokens) } as const;
    const last = lines.at(-1);
    const follows = line.kind === 'simple' && last?.kind === 'simple' && line.indent === last.indent && line.indent > 0;
    if (follows) lines.splice(-1, 1, { ...last, text: `${last.text};${line.text}` });
    else lines.push(line);
  }
  return lines
    .map((line, index) => (endsBlock(lines, index) ? line.text : `${index ? '\n' : ''}${spaces(line.indent)}${line.text}`))
    .join('')
    .concat('\n');
};

interface Line {
  readonly indent: number;
  readonly kind: 'header' | 'simple' | 'decorator';
  readonly text: string;
}

/** Whether a line is all that the header in front of it has, so that it may stand behind its colon. */
const endsBlock = (lines: readonly Line[], index: number): boolean => {
  const [header, line, next] = [lines[index - 1], lines[index], lines[index + 1]];
  return header?.kind === 'header' && line?.kind === 'simple' && (next?.indent ?? 0) <= header.indent;
};

const lineLength = 140;

/** Tokens on the lines they have, from this column on. */
const onLines = (tokens: readonly Token[], indent: number): string => {
  let text = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    text += token.before.replace(/\s*\n *$/, (gap) => `\n${spaces(gap.length - gap.lastIndexOf('\n') - 1)}`) + token.text;
    if (!tokens[at + 1]?.before.includes('\n') || !isOpening(token)) continue;
    const close = at + 1 + topLevel(tokens.slice(at + 1), [')', ']', '}']);
    const inner = onOneLine([{ ...token, before: '' }, ...tokens.slice(at + 1, close + 1)]).slice(1);
    const rest = tokens.slice(close + 1);
    const end = rest.findIndex(({ before }) => before.includes('\n'));
    const column = (text.includes('\n') ? -text.lastIndexOf('\n') - 1 : indent) + text.length;
    if (column + inner.length + onOneLine(end < 0 ? rest : rest.slice(0, end)).length > lineLength) continue;
    text += inner;
    at = close;
  }
  return text;
};

const isOpening = ({ kind, text }: Token): boolean => kind === 'operator' && '([{'.includes(text);

const onOneLine = (tokens: readonly Token[]): string =>
  tokens
    .filter((_, index) => !isTrailingComma(tokens, index))
    .map(({ before, text }, index, kept) => {
      if (!before.includes('\n')) return before + text;
      return '([{'.includes(kept[index - 1]?.text ?? ' ') || ')]}'.includes(text) ? text : ` ${text}`;
    })
    .join('');

const withoutSpaces = (tokens: readonly Token[]): string =>
  tokens
    .filter((_, index) => !isTrailingComma(tokens, index))
    .map((token, index, kept) => gap(kept[index - 1], token) + token.text)
    .join('');

/** Words are set apart, as are keywords from what they concern. */
const gap = (previous: Token | undefined, next: Token): string => {
  if (previous === undefined) return '';
  if (previous.kind !== 'operator' && next.kind !== 'operator') return ' ';
  if (keywords.has(previous.text)) return ':,)]}.'.includes(next.text) ? '' : ' ';
  return keywords.has(next.text) && ')]}'.includes(previous.text) ? ' ' : '';
};

/** A comma that ends a line of its own means nothing, unless it makes a tuple of one; ruff format keeps those on one line. */
const isTrailingComma = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.text === ',' &&
  !!tokens[index + 1]?.before.includes('\n') &&
  ')]}'.includes(tokens[index + 1]?.text ?? ' ');

const spaces = (indent: number): string => ' '.repeat(indent / 4);
