import { openApi } from './api.ts';
import type { Case } from './case.ts';
import type { Removal } from './item-tracker.ts';
import type { Target } from './send.ts';

/** The end of a case. */
export interface Ending {
  /** Reason of the failure. */
  readonly error?: unknown;
  /** True if the target's signal had been aborted. */
  readonly interrupted: boolean;
  /** Milliseconds, without the clean-up. */
  readonly duration: number;
  /** The items that the case created. */
  readonly items: Removal;
}

/** Runs a case on a target and deletes the items that it created, even if it fails. Never rejects. */
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
