import { randomUUID } from 'node:crypto';

/** A value of a template, with short forms expanded. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a value as short text on one line, for messages. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

/**
 * Parses JSON of clients and functions. Works around a bug of V8's JSON.parse, which can confuse a name that contains an escape
 * with an earlier name that ends with a backslash, in any text that the process has parsed
 * (https://github.com/nodejs/node/issues/63785). Names with escapes are parsed separately, and replaced by unique names in the
 * meantime. `parse` replaces JSON.parse.
 */
export const parseJson = (text: string, parse: (text: string) => unknown = JSON.parse): unknown => {
  if (!text.includes('\\')) return parse(text);
  const names = new Map<string, string>();
  // An unterminated string is one match as well. A new attempt at each quote would take too long.
  const plain = text.replace(/"(?:[^"\\]|\\.)*"?([ \t\n\r]*:)?/g, (string: string, colon?: string) => {
    if (colon === undefined || !string.includes('\\')) return string;
    const name = randomUUID();
    names.set(name, String(parse(string.slice(0, -colon.length))));
    return `"${name}":`;
  });
  const value = parse(plain);
  return names.size === 0 ? value : renamed(value, names);
};

const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [names.get(name) ?? name, renamed(item, names)]));
};
