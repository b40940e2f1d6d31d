import { constants } from 'node:os';

/**
 * Returns a signal that is aborted by the first SIGINT, SIGTERM or SIGHUP (a closed terminal), and when the reader of standard
 * output is gone (`| head`). npm forwards a Ctrl-C that the terminal has already delivered, so another signal within a second is
 * the same one. After a later signal, `leaving` is called and the process exits at once. `waiting` is printed if the process
 * still runs two seconds after the first signal.
 */
export const interruption = (
  from: NodeJS.Process = process,
  { leaving, waiting }: { readonly leaving?: () => void; readonly waiting?: string } = {},
): AbortSignal => {
  const controller = new AbortController();
  let first: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    from.on(name, () => {
      first ??= performance.now();
      if (performance.now() - first > sameInterruption) {
        leaving?.();
        from.exit(128 + constants.signals[name]);
      }
      controller.abort();
    });
  }
  from.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') controller.abort();
  });
  controller.signal.addEventListener('abort', () => {
    if (waiting !== undefined) setTimeout(() => from.stderr.write(`${waiting}\n`), patience).unref();
  });
  return controller.signal;
};

/** Milliseconds. */
const sameInterruption = 1000;

/** Milliseconds. */
const patience = 2000;
