// Parses and writes JSON without rounding a number.
import { randomUUID } from 'node:crypto';

// JSON.parse source text access and JSON.rawJSON (ECMAScript 2026, in Node.js 24) are not in TypeScript's
// library yet.

/** A number as it was written. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** A JSON value; a number that a double could round is text. */
export type Json =
  | null
  | boolean
  | string
  | number
  | RawNumber
  | readonly Json[]
  | { readonly [name: string]: Json };

declare global {
  interface JSON {
    parse(text: string, reviver: (name: string, value: Json, context: { source: string }) => Json): Json;
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/**
 * Parses JSON without rounding a number. Throws a SyntaxError, or a RangeError where nesting exhausts the
 * stack. A double keeps 15 digits as they are, and most texts have no longer numbers: looking first makes
 * those many times faster. It looks where a number can begin only, as UUIDs are full of digits before an
 * "e".
 *
 * After a name that ends with a backslash, V8 can take a later name with an escape for that one, in texts
 * of other clients too (https://github.com/nodejs/node/issues/63785). So names with escapes are read by
 * themselves, and have another meanwhile.
 */
export const parseJson = (text: string): Json => {
  const names = new Map<string, string>();
  // A string that does not end is one match, too: beginning anew at each quote would take for ever.
  const strings = /"(?:[^"\\]|\\.)*"?([ \t\n\r]*:)?/g;
  const plain = !text.includes('\\')
    ? text
    : text.replace(strings, (string: string, colon?: string) => {
        if (!colon || !string.includes('\\')) return string;
        const name = randomUUID();
        names.set(name, JSON.parse(string.slice(0, -colon.length)));
        return `"${name}":`;
      });
  if (names.size === 0 && !/(^|[\s:,[])-?([\d.]{16}|[\d.]+e)/i.test(text)) return JSON.parse(text);
  return JSON.parse(plain, (_name, value, { source }) => {
    if (typeof value === 'number') return JSON.rawJSON(source);
    if (names.size === 0 || value === null || typeof value !== 'object' || Array.isArray(value))
      return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [names.get(name) ?? name, member]),
    );
  });
};
