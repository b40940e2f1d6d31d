import type { Clock } from '../lambda.ts';

/** A clock that can be paused. */
export interface HoldableClock extends Clock {
  /** Pauses the clock and its timers. */
  hold(): void;
  /** Resumes the clock and its timers. */
  release(): void;
}

interface Timer {
  readonly due: number;
  action(): void;
  handle?: NodeJS.Timeout;
}

/** Creates a clock that runs like `performance.now()`, and stops while it is paused. */
export const createHoldableClock = (): HoldableClock => {
  const timers = new Set<Timer>();
  let heldBefore = 0;
  let heldSince: number | undefined;

  const now = (): number => (heldSince ?? performance.now()) - heldBefore;
  const run = (timer: Timer): void => {
    timers.delete(timer);
    timer.action();
  };
  const arm = (timer: Timer): void => {
    timer.handle = setTimeout(run, Math.max(timer.due - now(), 0), timer);
  };
  return {
    now,
    startTimer(milliseconds, action) {
      const timer: Timer = { due: now() + milliseconds, action };
      timers.add(timer);
      if (heldSince === undefined) arm(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    hold() {
      if (heldSince !== undefined) return;
      heldSince = performance.now();
      for (const { handle } of timers) clearTimeout(handle);
    },
    release() {
      if (heldSince === undefined) return;
      heldBefore += performance.now() - heldSince;
      heldSince = undefined;
      for (const timer of timers) arm(timer);
    },
  };
};
