import type { Arguments } from './arguments.ts';
import { createGround } from './ground/ground.ts';
import type { Row } from './part.ts';
import { createRandom } from './random.ts';

/** Runs the parts one after the other. Always stops everything that it started. If the signal aborts, rejects with its reason. */
export const run = async (
  { editions, parts, seed, short, match }: Omit<Arguments, 'write'>,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(line: string): void },
): Promise<readonly Row[]> => {
  const python = process.env.PYTHON ?? 'python3';
  const grounds = editions.map((edition) => createGround(edition, { python, onFault: onProgress }));
  const random = createRandom(seed);
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort);
  const rows: Row[] = [];
  try {
    for (const part of parts) {
      signal.throwIfAborted();
      const running = part.run({
        grounds,
        python,
        random: random.fork(part.name),
        short,
        match,
        signal,
        onProgress: (line) => onProgress(`${part.name}: ${line}`),
      });
      // After an abort, the cases in progress fail because their deployments stop.
      running.catch(() => {});
      rows.push(...(await Promise.race([running, aborted.promise])));
    }
    return rows;
  } finally {
    signal.removeEventListener('abort', abort);
    await Promise.allSettled(grounds.map((ground) => ground.stop()));
  }
};
