/** A statement at the top level of a formatted source file. */
export interface Statement {
  /** Line number of its first line of code, from 1. For a comment that stands alone, the number of the line below. */
  readonly line: number;
  /** Column of its code in that line, from 0; after `export ` if it has that. */
  readonly column: number;
  /** Comment directly above it, with its line breaks; empty if there is none. */
  readonly comment: string;
  /** Its code with its line breaks; empty for a comment that stands alone. */
  readonly code: string;
  /** True if there is an empty line above it. */
  readonly isSpaced: boolean;
}

/** Syntax of a language at the beginning of a line. */
export interface Syntax {
  /** Returns what can continue over several lines: strings, comments, brackets. An end is the offset after the last character. */
  spans(source: string): Iterable<readonly [begin: number, end: number]>;
  /** Returns true if the line begins a comment. */
  isComment(line: string): boolean;
  /** Returns true if the line continues the statement above, although it is not indented. */
  isContinuation(line: string, code: readonly string[]): boolean;
}

/**
 * Splits a source file into its top-level statements. It relies on the formatter: a line that is not indented begins a statement,
 * unless it is within a string, a comment or brackets, or continues the statement above.
 */
export const statementsOf = (source: string, syntax: Syntax): Statement[] => {
  const statements: Statement[] = [];
  const lines = source.split('\n');
  const inner = innerLines(source, syntax);
  let comment: string[] = [];
  let code: string[] = [];
  let line = 0;
  let isSpaced = false;
  const end = (index: number): void => {
    const empty = code.length - code.findLastIndex((text) => text !== '') - 1;
    const own = code.slice(0, code.length - empty);
    if (own.length + comment.length > 0) {
      const first = own.length > 0 ? line : index + 1;
      statements.push({ line: first, column: 0, comment: comment.join('\n'), code: own.join('\n'), isSpaced });
    }
    isSpaced = empty > 0;
    comment = [];
    code = [];
  };
  const goesOn = (index: number): boolean => {
    const text = lines[index] ?? '';
    if (inner.has(index) || text === '' || /^\s/.test(text)) return true;
    // A comment above `else` belongs to the statement that continues there.
    const next = syntax.isComment(text) ? lines.slice(index).find((one) => one !== '' && !syntax.isComment(one)) : text;
    return next !== undefined && syntax.isContinuation(next, code);
  };
  for (const [index, text] of lines.entries()) {
    if (code.length > 0 && goesOn(index)) code.push(text);
    else if (code.length === 0 && inner.has(index)) comment.push(text);
    else if (text === '') {
      end(index);
      isSpaced = true;
    } else if (syntax.isComment(text)) {
      if (code.length > 0) end(index);
      comment.push(text);
    } else {
      if (code.length > 0) end(index);
      line = index + 1;
      code.push(text);
    }
  }
  end(lines.length);
  return statements;
};

/** Joins statements to source text, with one empty line between two statements where there was at least one. */
export const textOf = (statements: readonly Statement[]): string =>
  statements
    .map(({ comment, code, isSpaced }) => (isSpaced ? '\n' : '') + [comment, code].filter(Boolean).join('\n'))
    .join('\n')
    .replace(/^\n/, '');

/**
 * Returns, for each line of that text, its line number in the source file, from 1, and its first column there; undefined for
 * empty lines.
 */
export const placesOf = (statements: readonly Statement[]): (Place | undefined)[] =>
  statements.flatMap(({ line, column, comment, code, isSpaced }, index) => [
    ...(isSpaced && index > 0 ? [undefined] : []),
    ...linesOf(comment).map((_, above, { length }) => ({ line: line - length + above, column: 0 })),
    ...linesOf(code).map((_, below) => ({ line: line + below, column: below === 0 ? column : 0 })),
  ]);

export interface Place {
  readonly line: number;
  readonly column: number;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** Returns the number, from 1, of the line that contains an offset. */
export const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length;

/** Returns the indices of lines that begin within a span. */
const innerLines = (source: string, syntax: Syntax): ReadonlySet<number> => {
  const indices = new Map([...source.matchAll(/\n/g)].map(({ index }, before) => [index, before + 1]));
  const inner = new Set<number>();
  for (const [begin, end] of syntax.spans(source)) {
    for (let at = source.indexOf('\n', begin); at >= 0 && at < end; at = source.indexOf('\n', at + 1)) {
      inner.add(indices.get(at) ?? 0);
    }
  }
  return inner;
};
