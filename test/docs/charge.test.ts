import { describe, expect, it } from 'vitest';
import { amount, arithmetic, merge, times, total, totalBeyondFree, withUnit } from '../../src/docs/charge.ts';
import { prices } from '../../src/docs/prices.ts';

const hours = { price: prices.natHours, quantity: 730 };
const alarms = { price: prices.alarmMetrics, quantity: 14 };

describe('charges', () => {
  it('are a quantity times a price', () => {
    expect(total([hours, alarms])).toBeCloseTo(730 * 0.045 + 14 * 0.1);
    expect(total(times([hours, alarms], 2))).toBeCloseTo(2 * (730 * 0.045 + 14 * 0.1));
    expect(total([])).toBe(0);
  });

  it('at one price share its free allowance', () => {
    const seven = { price: prices.alarmMetrics, quantity: 7 };
    expect(totalBeyondFree([alarms])).toBeCloseTo(4 * 0.1);
    expect(totalBeyondFree([seven, seven])).toBeCloseTo(4 * 0.1);
    expect(totalBeyondFree([seven])).toBe(0);
    expect(totalBeyondFree([hours])).toBe(total([hours]));
  });

  it('merge to one for each price, in the order of the prices', () => {
    expect(merge([alarms, hours, alarms])).toEqual([hours, { ...alarms, quantity: 28 }]);
  });

  it('show their arithmetic', () => {
    expect(arithmetic(hours)).toBe('730 h × 0.045 USD = 32.85 USD');
    expect(arithmetic(alarms)).toBe('14 alarm metrics × 0.10 USD = 1.40 USD');
    expect(arithmetic({ price: prices.lambdaDuration, quantity: 2500 })).toBe('2,500 GB-s × 0.0000133334 USD = 0.033 USD');
    expect(arithmetic({ price: prices.keyRequests, quantity: 43_800 })).toBe('43,800 requests × 0.000003 USD = 0.131 USD');
    expect(withUnit(prices.dashboards, 1)).toBe('1 dashboard');
  });
});

it.each([
  [0, '0.00'],
  [0.0004, 'under 0.001'],
  [0.046, '0.046'],
  [0.625, '0.625'],
  [0.4, '0.40'],
  [2.184, '2.18'],
  [1234.5, '1,234.50'],
])('writes %s USD as %s', (usd, text) => {
  expect(amount(usd)).toBe(text);
});
