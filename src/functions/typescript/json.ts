// JSON.parse source text access and JSON.rawJSON (ECMAScript 2026, in Node.js 24) are not in TypeScript's library yet.

/** A number as it was written. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** A JSON value whose numbers are text. */
export type Json = null | boolean | string | RawNumber | readonly Json[] | { readonly [name: string]: Json };

declare global {
  interface JSON {
    parse(text: string, reviver: (name: string, value: Json | number, context: { source: string }) => Json): Json;
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/** Parses JSON without passing a number through a double. Throws a SyntaxError, or a RangeError where nesting exhausts the stack. */
export const parseJson = (text: string): Json =>
  JSON.parse(text, (_name, value, { source }) => (typeof value === 'number' ? JSON.rawJSON(source) : value));
