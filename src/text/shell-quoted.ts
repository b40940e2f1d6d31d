/** A word for POSIX shells; what needs no quotes gets none. */
export const shellQuoted = (text: string): string =>
  /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
