/*
 * The API keeps numbers of up to 38 digits as they are sent. JSON.parse converts them to doubles: 9007199254740993, which is 2^53
 * + 1, silently becomes 9007199254740992. Send such numbers as strings, or keep their text, as these functions do.
 */

/**
 * A number as its text, which JSON.stringify writes unchanged. It is a type, because an interface would not be an attribute
 * value.
 */
export type ExactNumber = { readonly rawJSON: string };

/** Returns the number of a text such as `9007199254740993`. Throws a SyntaxError if the text is not a JSON number. */
export const exactNumber = (text: string): ExactNumber => {
  if (!/^-?\d/.test(text)) throw new SyntaxError(`${text} is not a number`);
  return json.rawJSON(text);
};

/** Returns true for a number that `exactNumber` or `parseExact` returned. */
export const isExactNumber = (value: unknown): value is ExactNumber => json.isRawJSON(value);

/**
 * Parses JSON as JSON.parse does, except that a number that a double would change becomes an ExactNumber. Throws a SyntaxError.
 */
export const parseExact = <Value>(text: string): Value =>
  JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !isKept(value, context?.source ?? '') ? exactNumber(context?.source ?? '') : value,
  );

/**
 * Returns true if a double keeps the number: every one of up to 15 digits in the range that the API accepts, and some longer
 * ones.
 */
const isKept = (value: number, source: string): boolean => source.length <= 15 || String(value) === source;

// JavaScript has had these functions since 2025, Node.js since version 21. TypeScript does not declare them yet.
const json = JSON as typeof JSON & {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};
