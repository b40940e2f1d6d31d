/** Returns a word for POSIX shells, with quotes only if it needs them. */
export const shellQuoted = (text: string): string =>
  /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
