import { openApi } from './api.ts';
import type { Case } from './case.ts';
import type { Removal } from './item-tracker.ts';
import type { Target } from './send.ts';

/** Ending of a case. */
export interface Ending {
  /** Reason of the failure. */
  readonly error?: unknown;
  /** The target's signal had aborted by then. */
  readonly interrupted: boolean;
  /** Milliseconds, without those of the clean-up. */
  readonly duration: number;
  /** The items that it created. */
  readonly items: Removal;
}

/** Runs a case on a target and deletes what it created, however it ends. Never rejects. */
export const runCase = async (target: Target, { run }: Case): Promise<Ending> => {
  const begin = performance.now();
  const api = openApi(target);
  const failure = await run(api).then(
    () => ({}),
    (error: unknown) => ({ error }),
  );
  const ending = { ...failure, interrupted: target.signal?.aborted === true, duration: performance.now() - begin };
  return { ...ending, items: await api.cleanUp() };
};
