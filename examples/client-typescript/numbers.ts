/*
 * The API keeps numbers of up to 38 digits as they are sent. JSON.parse makes doubles of them: 9007199254740993, which is 2^53 + 1,
 * becomes 9007199254740992, and nothing tells. Send such numbers as strings, or keep their text, as these functions do.
 */

/** A number by its text, which JSON.stringify writes unchanged. A type and not an interface: only so it is an attribute value. */
export type ExactNumber = { readonly rawJSON: string };

/** The number of a text such as `9007199254740993`. Throws a SyntaxError if the text is not a JSON number. */
export const exactNumber = (text: string): ExactNumber => {
  if (!/^-?\d/.test(text)) throw new SyntaxError(`${text} is not a number`);
  return json.rawJSON(text);
};

/** True of what `exactNumber` and `parseExact` make of a number. */
export const isExactNumber = (value: unknown): value is ExactNumber => json.isRawJSON(value);

/**
 * Parses JSON as JSON.parse does, except that a number that would not come out as it went in becomes an ExactNumber. It throws
 * a SyntaxError.
 */
export const parseExact = <Value>(text: string): Value =>
  JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !isKept(value, context?.source ?? '') ? exactNumber(context?.source ?? '') : value,
  );

/** A double keeps every number of up to 15 digits in the range that the API accepts, and some longer ones. */
const isKept = (value: number, source: string): boolean => source.length <= 15 || String(value) === source;

// JavaScript has these functions since 2025, Node.js since version 21. TypeScript does not declare them yet.
const json = JSON as typeof JSON & {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};
