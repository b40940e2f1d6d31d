/**
 * Writes lines to standard output, all of one turn of the event loop at once: many requests end in one, and each write takes as long as
 * making a response. What goes to standard error comes after the lines before it.
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
