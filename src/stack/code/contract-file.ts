import { type Constant, type ConstantValue, constants } from './contract-constants.ts';

/** Returns the constants of the contract as a TypeScript source file. Functions can import only files of their own folder. */
export const typescriptContract = (): string => {
  const statements = constants.map(({ name, comment, value }) =>
    [...docComment(comment), declaration(name, value)].join('\n'),
  );
  return `${[`// ${heading}`, ...statements].join('\n\n')}\n`;
};

/** Returns the same constants as a Python module. */
export const pythonContract = (): string => {
  const head = [`"""${heading}"""`, 'from __future__ import annotations', 'import re'];
  return `${[...head, ...constants.map(pythonConstant)].join('\n\n')}\n`;
};

const heading = 'Holds limits, patterns and problems of the API. "npm run synth" writes it from src/contract.';

/** Maximum line length of the functions' code, as the formatters wrap it. */
const width = 106;

const declaration = (name: string, value: ConstantValue): string => {
  const line = `export const ${name} = ${typescript(value)};`;
  if (line.length <= width || value instanceof Map) return line;
  if (!Array.isArray(value)) return `export const ${name} =\n  ${typescript(value)};`;
  return [`export const ${name} = [`, ...value.map((one) => `  ${typescriptScalar(one)},`), '];'].join('\n');
};

const docComment = (comment: string): string[] => {
  const line = `/** ${comment} */`;
  return line.length <= width ? [line] : ['/**', ...wrapped(comment, ' * '), ' */'];
};

const pythonConstant = ({ name, comment, value }: Constant): string => {
  const constant = name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
  const line = `${constant} = ${python(value)}`;
  const isLong = value instanceof RegExp && line.length > width;
  return [...wrapped(comment, '#: '), isLong ? line.replace(/\((.*)\)$/, '(\n    $1\n)') : line].join('\n');
};

const wrapped = (text: string, prefix: string): string[] => {
  const lines: string[] = [];
  let line = prefix.trimEnd();
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = prefix.trimEnd();
    }
    line += ` ${word}`;
  }
  return [...lines, line];
};

const typescript = (value: ConstantValue): string => {
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) {
    const members = [...value].map(([key, list]) => `  ${memberName(key)}: [${list.map(typescriptScalar).join(', ')}],`);
    return ['{', ...members, '} as const'].join('\n');
  }
  return Array.isArray(value) ? `[${value.map(typescriptScalar).join(', ')}]` : typescriptScalar(value as string | number);
};

const typescriptScalar = (value: string | number): string =>
  typeof value === 'number' ? digits(value) : `'${value.replaceAll(/['\\]/g, '\\$&')}'`;

const memberName = (key: string): string => (/^[A-Za-z]\w*$/.test(key) ? key : `'${key}'`);

const python = (value: ConstantValue): string => {
  if (value instanceof RegExp) return `re.compile(${rawString(value.source.replaceAll('\\/', '/'))})`;
  if (value instanceof Map) {
    return ['{', ...[...value].map(([key, list]) => `    "${key}": ${tuple(list)},`), '}'].join('\n');
  }
  return Array.isArray(value) ? tuple(value) : pythonScalar(value as string | number);
};

const tuple = (values: readonly (string | number)[]): string =>
  `(${values.map(pythonScalar).join(', ')}${values.length === 1 ? ',' : ''})`;

const pythonScalar = (value: string | number): string => {
  if (typeof value === 'number') return digits(value);
  return value.includes('"') && !value.includes("'") ? `'${value.replaceAll('\\', '\\\\')}'` : JSON.stringify(value);
};

const rawString = (text: string): string => (text.includes('"') ? `r'${text}'` : `r"${text}"`);

/** Formats a number with groups of three digits, such as `50_000`. */
const digits = (value: number): string => value.toLocaleString('en').replaceAll(',', '_');
