/** Throws an error about the fault at an offset. */
export type Reject = (offset: number, fault: string) => never;

/**
 * Returns what can continue over several lines in TypeScript: comments, strings, template literals, brackets. An end is the
 * offset after the last character.
 */
export const typescriptSpans = (source: string, reject: Reject): [begin: number, end: number][] => {
  const spans: [number, number][] = [];
  /** The last token. It distinguishes a regular expression from a division. */
  let previous = '';

  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };

  /** Reads code to the bracket that closes the one at `begin`, or to the end of the source; returns the offset after it. */
  const readCode = (from: number, closing?: string, begin = from): number => {
    let at = from;
    while (at < source.length) {
      const text = (isOperator(previous) && match(regularExpression, at)) || match(token, at) || '';
      const end = at + text.length;
      if (text === closing) return end;
      if (/^(?:["']|\/\*)$/.test(text)) reject(at, `a ${text === '/*' ? 'comment' : 'string'} begins here and does not end`);
      if (/^[)\]}]$/.test(text)) reject(at, `${text} closes nothing`);
      const bracket = brackets.get(text);
      if (bracket !== undefined) previous = '';
      const behind = text === '`' ? readTemplate(at) : bracket === undefined ? end : readCode(end, bracket, at);
      if (!/^(?:\s|\/\/)/.test(text)) spans.push([at, behind]);
      if (!/^(?:\s|\/[/*])/.test(text)) previous = bracket ?? text;
      at = behind;
    }
    if (closing !== undefined) reject(begin, `${source[begin]} is not closed`);
    return at;
  };

  const readTemplate = (begin: number): number => {
    let at = begin + 1;
    for (;;) {
      at += match(templateText, at)?.length ?? 0;
      if (at >= source.length) reject(begin, 'a template literal begins here and does not end');
      if (source[at] === '`') return at + 1;
      previous = '';
      at = readCode(at + 2, '}', at + 1);
    }
  };

  readCode(0);
  return spans;
};

const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** A slash after these tokens begins a regular expression; after a value it is a division. */
const isOperator = (text: string): boolean => /^[^\w$)\]}"'`]?$|^(?:return|typeof|case|in|of|throw|await|yield)$/.test(text);

/** Space and comments, strings, words, and all other characters one by one. For a token without an end, only its beginning. */
const token = /\s+|\/\/[^\n]*|\/\*(?:.*?\*\/)?|"(?:(?:\\.|[^"\\\n])*")?|'(?:(?:\\.|[^'\\\n])*')?|[\w$]+|./sy;

const regularExpression = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y;

/** The text of a template literal, to its end or to an expression in it. */
const templateText = /(?:\\.|\$(?!\{)|[^`$\\])*/sy;
