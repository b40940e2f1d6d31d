import { isHeader } from './python-strip.ts';
import type { Statement, Token } from './python-tokens.ts';

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

const withoutSpaces = (tokens: readonly Token[]): string =>
  tokens
    .filter((_, index) => !isTrailingComma(tokens, index))
    .map((token, index, kept) => gap(kept[index - 1], token) + token.text)
    .join('');

/** Words are set apart. What begins or ends with a quote or a bracket is no word; an f-string begins with a letter. */
const gap = (previous: Token | undefined, next: Token): string =>
  previous !== undefined && /\w$/.test(previous.text) && /^\w/.test(next.text) ? ' ' : '';

/** A comma that ends a line of its own means nothing, unless it makes a tuple of one; ruff format keeps those on one line. */
const isTrailingComma = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.text === ',' &&
  !!tokens[index + 1]?.before.includes('\n') &&
  ')]}'.includes(tokens[index + 1]?.text ?? ' ');

const spaces = (indent: number): string => ' '.repeat(indent / 4);
