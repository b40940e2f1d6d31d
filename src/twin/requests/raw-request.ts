/** Path and query of a request target, undecoded; the query is empty without one. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const question = target.indexOf('?');
  return question === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, question), query: target.slice(question + 1) };
};

/** Names and values of header fields, from the flat list in which node:http has them as they were sent. */
export const headerPairs = (rawHeaders: readonly string[]): [name: string, value: string][] =>
  Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);
