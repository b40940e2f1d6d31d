/**
 * The beginning of a text, as a text of its own: a part of a string keeps the whole of it in memory.
 * Longer ones end with an ellipsis.
 */
export const beginning = (text: string, mostCharacters: number): string =>
  text.length <= mostCharacters ? text : `${Buffer.from(text.slice(0, mostCharacters)).toString()}…`;

export type Headers = readonly (readonly [name: string, value: string])[];

/** Headers, all of them if they have as many characters as API Gateway takes of a request, and otherwise the beginning. */
export const boundedHeaders = (headers: Headers): Headers => {
  let left = mostHeaderCharacters;
  return headers.flatMap(([name, value]) => {
    if (left <= 0) return [];
    const kept = [beginning(name, left), beginning(value, left)] as const;
    left -= name.length + value.length;
    return [kept];
  });
};

/** True if `boundedHeaders` keeps them all. */
export const areWhole = (headers: Headers): boolean =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) <= mostHeaderCharacters;

const mostHeaderCharacters = 16_384;
