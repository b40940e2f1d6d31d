/** Splits a request target into path and query, not decoded. The query is empty without one. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const question = target.indexOf('?');
  return question === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, question), query: target.slice(question + 1) };
};

/** Converts node:http's flat list of header fields into names and values as sent. */
export const headerPairs = (rawHeaders: readonly string[]): [name: string, value: string][] =>
  Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);
