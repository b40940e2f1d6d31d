import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuota, maxOffset, type QuotaSettings } from '../../../../src/twin/gateway/throttling/quota.ts';

/** Which of the requests at these times pass. */
const passing = (settings: QuotaSettings, times: readonly string[]): boolean[] => {
  let now = new Date(0);
  const take = createQuota(settings, () => now);
  return times.map((time) => {
    now = new Date(time);
    return take();
  });
};

describe('createQuota', () => {
  // 22 November 2026 is a Sunday.
  it.each<[QuotaSettings['period'], number, string, string]>([
    ['DAY', 0, '2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00Z'],
    ['WEEK', 0, '2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00Z'],
    ['WEEK', 1, '2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00Z'],
    ['WEEK', 6, '2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00Z'],
    ['MONTH', 0, '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00Z'],
    ['MONTH', 14, '2026-11-14T23:59:59.999Z', '2026-11-15T00:00:00Z'],
    ['MONTH', 27, '2028-02-27T23:59:59.999Z', '2028-02-28T00:00:00Z'],
  ])('begins a %s with offset %d at midnight', (period, offset, last, first) => {
    expect(passing({ limit: 1, period, offset }, [last, last, first, first])).toEqual([true, false, true, false]);
  });

  it('lets as many pass as the limit says', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.constantFrom('DAY', 'WEEK', 'MONTH'),
        fc.date({ noInvalidDate: true, min: new Date('1970-02-01'), max: new Date('2100-01-01') }),
        (limit, period, date) => {
          const settings = { limit, period, offset: maxOffset[period] };
          const times = Array<string>(limit + 3).fill(date.toISOString());
          expect(passing(settings, times).filter((passed) => passed)).toHaveLength(limit);
        },
      ),
    );
  });
});
