/** A value that can be written as a literal in source code. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [name: string]: Literal };

/** Formats a value as TypeScript, on one line if it fits. */
export const typescriptLiteral = (value: Literal): string => written(value, typescript, 0);

/** Formats a value as Python; lists become tuples. */
export const pythonLiteral = (value: Literal): string => written(value, python, 0);

interface Notation {
  scalar(value: string | number | boolean | null): string;
  member(name: string): string;
  readonly list: readonly [begin: string, end: string];
  /** Number of spaces for each level. */
  readonly indent: number;
  /** Spaces inside the braces of an object on one line. */
  readonly padding: string;
}

/** Formats a number with groups of three digits, as formatters do: `50_000`. */
const digits = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString('en').replaceAll(',', '_') : String(value);

const typescript: Notation = {
  scalar: (value) =>
    typeof value === 'string'
      ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
      : typeof value === 'number'
        ? digits(value)
        : String(value),
  member: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : typescript.scalar(name)),
  list: ['[', ']'],
  indent: 2,
  padding: ' ',
};

const python: Notation = {
  scalar: (value) => {
    if (typeof value === 'string') {
      const text = JSON.stringify(value);
      return /^[^'\\]*$/.test(value) && value.includes('"') ? `'${text.slice(1, -1).replaceAll('\\"', '"')}'` : text;
    }
    if (typeof value === 'number') return digits(value);
    return value === null ? 'None' : value ? 'True' : 'False';
  },
  member: (name) => JSON.stringify(name),
  list: ['(', ')'],
  indent: 4,
  padding: '',
};

/** Maximum line length of the functions' code, as the formatters wrap it. */
const width = 106;

const written = (value: Literal, notation: Notation, indent: number): string => {
  if (typeof value !== 'object' || value === null) return notation.scalar(value);
  const isList = Array.isArray(value);
  const entries = Object.entries(value as object) as [string, Literal][];
  const [begin, end] = isList ? notation.list : ['{', '}'];
  if (entries.length === 0) return begin + end;
  const part = ([name, inner]: [string, Literal], at: number): string =>
    isList ? written(inner, notation, at) : `${notation.member(name)}: ${written(inner, notation, at)}`;
  const nested = entries.some(([, inner]) => typeof inner === 'object' && inner !== null && !Array.isArray(inner));
  const isMap = !isList && entries.some(([, inner]) => Array.isArray(inner));
  const flat = entries.map((entry) => part(entry, indent)).join(', ');
  const padding = isList ? '' : notation.padding;
  // Python needs a comma to distinguish a tuple of one element from parentheses.
  const comma = begin === '(' && entries.length === 1 ? ',' : '';
  if (!nested && !(isMap && indent === 0) && indent + flat.length + 20 <= width)
    return `${begin}${padding}${flat}${comma}${padding}${end}`;
  const inner = indent + notation.indent;
  const lines = entries.map((entry) => `${' '.repeat(inner)}${part(entry, inner)},`);
  return `${begin}\n${lines.join('\n')}\n${' '.repeat(indent)}${end}`;
};
