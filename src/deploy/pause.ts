import { setTimeout } from 'node:timers/promises';

/** Waits before CloudFormation is asked again, which tells nobody when it is ready: 0.2 seconds at first, 3 in the end. */
export const pause = (attempt: number, signal: AbortSignal): Promise<void> =>
  setTimeout(Math.min(3000, 200 * 1.5 ** attempt), undefined, { signal });
