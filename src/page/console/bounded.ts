/**
 * Returns the beginning of a text as a new string, because a substring keeps the whole string in memory. A truncated text ends
 * with an ellipsis.
 */
export const beginning = (text: string, mostCharacters: number): string =>
  text.length <= mostCharacters ? text : `${Buffer.from(text.slice(0, mostCharacters)).toString()}…`;

export type Headers = readonly (readonly [name: string, value: string])[];

/** Returns all headers if they are within API Gateway's limit for a request, and otherwise the first ones. */
export const boundedHeaders = (headers: Headers): Headers => {
  let left = mostHeaderCharacters;
  return headers.flatMap(([name, value]) => {
    if (left <= 0) return [];
    const kept = [beginning(name, left), beginning(value, left)] as const;
    left -= name.length + value.length;
    return [kept];
  });
};

/** Returns true if `boundedHeaders` keeps all headers. */
export const areWhole = (headers: Headers): boolean =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) <= mostHeaderCharacters;

const mostHeaderCharacters = 16_384;
