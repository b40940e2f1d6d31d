import { constants } from 'node:os';

/**
 * A signal that aborts with the first SIGINT, SIGTERM or SIGHUP, which is a closed terminal, and when whoever reads standard
 * output is gone (`| head`). npm passes a Ctrl-C on that the terminal has delivered already, so that another one within a
 * second is the same; a later one is somebody who will not wait: `leaving` has its say, and it exits at once. `waiting` is said if
 * the process is still there two seconds after the first.
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
