/**
 * Creates a writer of lines. It writes all lines of one turn of the event loop to standard output at once: many requests may end
 * in one turn, and a write takes as long as creating a response. Lines for standard error are written after the lines before
 * them.
 */
export const createLines = () => {
  let pending: string[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(scheduled);
    process.off('exit', flush);
    scheduled = undefined;
    if (pending.length > 0) console.log(pending.join('\n'));
    pending = [];
  };
  return {
    log(line: string): void {
      pending.push(line);
      if (scheduled !== undefined) return;
      scheduled = setImmediate(flush);
      process.once('exit', flush);
    },
    error(line: unknown): void {
      flush();
      console.error(line);
    },
  };
};
