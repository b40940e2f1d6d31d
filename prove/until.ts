import { setTimeout as wait } from 'node:timers/promises';

/**
 * Polls until a condition is true, because AWS does not report when a change is visible everywhere or when a log line arrives.
 * Resolves with the milliseconds that it took; undefined if the condition is not true within `patience`, in milliseconds.
 */
export const until = async (
  isTrue: () => Promise<boolean>,
  { patience, signal }: { readonly patience: number; readonly signal: AbortSignal },
): Promise<number | undefined> => {
  const began = performance.now();
  for (;;) {
    if (await isTrue()) return performance.now() - began;
    if (performance.now() - began + pause > patience) return undefined;
    await wait(pause, undefined, { signal });
  }
};

/** Milliseconds. */
const pause = 1000;
