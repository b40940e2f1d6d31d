import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHoldableClock } from '../../../../src/twin/lambda/inspect/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('stands still while it is held, with its timers', () => {
  const clock = createHoldableClock();
  const begun = clock.now();
  const done = vi.fn();
  clock.startTimer(1000, done);
  vi.advanceTimersByTime(400);
  clock.hold();
  clock.hold();
  vi.advanceTimersByTime(60_000);
  expect(clock.now() - begun).toBe(400);
  const second = vi.fn();
  clock.startTimer(100, second);
  vi.advanceTimersByTime(60_000);
  clock.release();
  clock.release();
  vi.advanceTimersByTime(599);
  expect([done, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  vi.advanceTimersByTime(1);
  expect(done).toHaveBeenCalledOnce();
  expect(clock.now() - begun).toBe(1000);
});

it('forgets a timer that is cancelled, held or not', () => {
  const clock = createHoldableClock();
  const done = vi.fn();
  const cancelled = [clock.startTimer(10, done), clock.startTimer(10, done)];
  cancelled[0]?.();
  clock.hold();
  cancelled[1]?.();
  clock.release();
  vi.advanceTimersByTime(100);
  expect(done).not.toHaveBeenCalled();
});
