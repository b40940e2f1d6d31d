/** A statement at the top level of a formatted source file. */
export interface Statement {
  /** Number of its first line of code, from 1. */
  readonly line: number;
  /** Comment directly above it, with its line breaks; empty if there is none. */
  readonly comment: string;
  /** Its code with its line breaks; empty for a comment that stands alone. */
  readonly code: string;
  /** There is an empty line above it. */
  readonly isSpaced: boolean;
}

/** What a language has at the beginning of a line. */
export interface Syntax {
  /** The line begins a comment. */
  isComment(line: string): boolean;
  /** The comment that begins on this line goes on until a line that matches. */
  endOfComment(line: string): RegExp | undefined;
  /** The line goes on with the statement above although it is not indented. */
  isContinuation(line: string, before: string): boolean;
}

/**
 * Separates a source file into the statements of its top level. It relies on the formatter: a line that is not indented begins a
 * statement, unless it closes one.
 */
export const statementsOf = (source: string, syntax: Syntax): Statement[] => {
  const statements: Statement[] = [];
  const lines = source.split('\n');
  let comment: string[] = [];
  let code: string[] = [];
  let line = 0;
  let isSpaced = false;
  const end = (): void => {
    const empty = code.length - code.findLastIndex((text) => text !== '') - 1;
    const own = code.slice(0, code.length - empty);
    if (own.length + comment.length > 0) {
      statements.push({ line, comment: comment.join('\n'), code: own.join('\n'), isSpaced });
    }
    isSpaced = empty > 0;
    comment = [];
    code = [];
  };
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? '';
    if (code.length > 0 && (text === '' || /^\s/.test(text) || syntax.isContinuation(text, code.at(-1) ?? ''))) {
      code.push(text);
    } else if (text === '') {
      end();
      isSpaced = true;
    } else if (syntax.isComment(text)) {
      if (code.length > 0) end();
      const last = syntax.endOfComment(text);
      comment.push(text);
      while (last && !last.test(comment.at(-1) ?? '') && index + 1 < lines.length) comment.push(lines[++index] ?? '');
    } else {
      if (code.length > 0) end();
      line = index + 1;
      code.push(text);
    }
  }
  end();
  return statements;
};

/** Statements as source text again, with one empty line between two where there was one or more. */
export const textOf = (statements: readonly Statement[]): string =>
  statements
    .map(({ comment, code, isSpaced }) => (isSpaced ? '\n' : '') + [comment, code].filter(Boolean).join('\n'))
    .join('\n')
    .replace(/^\n/, '');
