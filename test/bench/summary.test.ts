import { expect, it } from 'vitest';
import type { Measurement } from '../../bench/measurement.ts';
import { percentile } from '../../bench/percentile.ts';
import { compare, spread } from '../../bench/summary.ts';

const measurement = (part: Partial<Measurement>): Measurement => ({
  quantity: 'CPU',
  unit: 'ms',
  better: 'less',
  ours: 'ours',
  values: { ours: [1, 20, 3], theirs: [4, 40, 6] },
  ...part,
});

it('takes the median between the two in the middle', () => {
  expect(spread([9, 1, 2, 4])).toEqual({ median: 3, min: 1, max: 9 });
});

it('holds rounds against each other and not medians, since what disturbed a round disturbed all in it', () => {
  const [comparison] = compare(measurement({}));
  expect(comparison?.ratio).toEqual({ median: 0.5, min: 0.25, max: 0.5 });
  expect(comparison).not.toHaveProperty('met');
});

it.each([
  ['less', 0.5, true],
  ['less', 0.4, false],
  ['more', 0.5, true],
  ['more', 0.6, false],
] as const)('where %s is better, a ratio of 0.5 meets %d: %s', (better, ratio, met) => {
  const [comparison] = compare(measurement({ better, targets: [{ against: 'theirs', ratio }] }));
  expect(comparison?.met).toBe(met);
});

it('does not lose a target in silence that is against somebody who was not measured', () => {
  const wrong = measurement({ targets: [{ against: 'nobody', ratio: 1 }] });
  expect(() => compare(wrong)).toThrow('CPU: a target is against nobody, which was not measured');
});

it('finds percentiles among the values themselves', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect([50, 99, 100].map((percent) => percentile(values, percent))).toEqual([100, 198, 200]);
});
