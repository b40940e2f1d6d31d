import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../../src/twin/gateway/throttling/token-bucket.ts';

const throttles = fc.record({
  rateLimit: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  burstLimit: fc.integer({ min: 1, max: 50 }),
});

/** When requests come, in milliseconds after the bucket was made. */
const times = fc
  .array(fc.double({ min: 0, max: 2000, noNaN: true }), { minLength: 1, maxLength: 200 })
  .map((gaps) => gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap ** 2 / 2000, 0)));

/** The times whose requests pass. */
const passing = (throttle: { rateLimit: number; burstLimit: number }, requests: readonly number[]): number[] => {
  let time = 0;
  const take = createTokenBucket(throttle, () => time);
  return requests.filter((at) => {
    time = at;
    return take();
  });
};

describe('createTokenBucket', () => {
  it('lets pass at most the burst and the rate, in any stretch of time', () => {
    fc.assert(
      fc.property(throttles, times, (throttle, requests) => {
        const passed = passing(throttle, requests);
        for (const [first, from] of passed.entries()) {
          for (const [count, to] of passed.slice(first).entries()) {
            const most = throttle.burstLimit + ((to - from) / 1000) * throttle.rateLimit;
            expect(count + 1).toBeLessThanOrEqual(most + 1e-3);
          }
        }
      }),
    );
  });

  it('rejects nobody who keeps to the rate', () => {
    fc.assert(
      fc.property(throttles, fc.integer({ min: 1, max: 300 }), (throttle, count) => {
        const requests = Array.from({ length: count }, (_, index) => (index * 1000) / throttle.rateLimit);
        expect(passing(throttle, requests)).toHaveLength(count);
      }),
    );
  });

  it('lets the whole burst pass at once, and again once it is refilled', () => {
    fc.assert(
      fc.property(throttles, ({ rateLimit, burstLimit }) => {
        const refilled = (burstLimit * 1000) / rateLimit;
        const requests = [0, refilled].flatMap((at) => Array<number>(burstLimit + 1).fill(at));
        expect(passing({ rateLimit, burstLimit }, requests)).toHaveLength(2 * burstLimit);
      }),
    );
  });

  it.each([
    [0, 5],
    [5, 0],
    [0, 0],
  ])('lets nothing pass with a rate of %d and a burst of %d', (rateLimit, burstLimit) => {
    expect(passing({ rateLimit, burstLimit }, [0, 1000, 1e9])).toEqual([]);
  });
});
