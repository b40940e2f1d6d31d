// JSON.parse source text access and JSON.rawJSON (ECMAScript 2026, in Node.js 24) are not in TypeScript's library yet.

/** A number as it was written. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** A JSON value; a number that a double could round is text. */
export type Json = null | boolean | string | number | RawNumber | readonly Json[] | { readonly [name: string]: Json };

declare global {
  interface JSON {
    parse(text: string, reviver: (name: string, value: Json, context: { source: string }) => Json): Json;
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/**
 * Parses JSON without rounding a number. Throws a SyntaxError, or a RangeError where nesting exhausts the stack.
 * A double keeps 15 digits as they are, and most texts have no longer numbers: looking first makes those many times faster.
 */
export const parseJson = (text: string): Json =>
  /[\d.]{16}|\de/i.test(text)
    ? JSON.parse(text, (_name, value, { source }) => (typeof value === 'number' ? JSON.rawJSON(source) : value))
    : JSON.parse(text);
