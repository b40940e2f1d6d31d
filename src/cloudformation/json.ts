import { randomUUID } from 'node:crypto';

/** Value in a template once its short forms are spelled out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in a message: short, on one line. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

/**
 * As JSON.parse, which V8 lets take a name with an escape for an earlier one that ends with a backslash, across all texts
 * that a process parses (https://github.com/nodejs/node/issues/63785). For what clients and functions wrote: names with
 * escapes are read by themselves, and have another name meanwhile. `parse` is the function to stand in for.
 */
export const parseJson = (text: string, parse: (text: string) => unknown = JSON.parse): unknown => {
  if (!text.includes('\\')) return parse(text);
  const names = new Map<string, string>();
  // A string that does not end is one match, too: beginning anew at each quote would take for ever.
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
