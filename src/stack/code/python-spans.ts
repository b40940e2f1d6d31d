import type { Reject } from './typescript-spans.ts';

/** Returns what can continue over several lines in Python: strings, brackets, and lines that end in a backslash. */
export const pythonSpans = (source: string, reject: Reject): [begin: number, end: number][] => {
  const spans: [number, number][] = [];
  const open: { readonly text: string; readonly at: number }[] = [];
  for (const { 0: text, index } of source.matchAll(token)) {
    const end = index + text.length;
    if (/^(?:"|'|"""|''')$/.test(text)) reject(index, 'a string begins here and does not end');
    if (/^[([{]$/.test(text)) open.push({ text, at: index });
    else if (/^[)\]}]$/.test(text)) {
      const last = open.pop();
      if (last === undefined || brackets.get(last.text) !== text) return reject(index, `${text} closes nothing`);
      spans.push([last.at, end]);
    } else if (!text.startsWith('#')) spans.push([index, end]);
  }
  const left = open.at(-1);
  if (left) reject(left.at, `${left.text} is not closed`);
  return spans;
};

const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Comments, strings, brackets and escaped line breaks. For a string without an end, only its opening quotes. */
const token =
  /#[^\n]*|("""|''')(?:(?:\\.|(?!\1)[^\\])*\1)?|"(?:(?:\\.|[^"\\\n])*")?|'(?:(?:\\.|[^'\\\n])*')?|[()[\]{}]|\\\n./gs;
