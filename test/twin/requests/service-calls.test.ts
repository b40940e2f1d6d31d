import { describe, expect, it } from 'vitest';
import { timeOf } from '../../../src/twin/requests/service-calls.ts';

const call = (begun: number, ended: number) => ({ action: 'GetItem', time: { begun, ended } });

describe('the time of calls', () => {
  it('counts once what ran at once', () => {
    expect(timeOf([])).toBe(0);
    expect(timeOf([call(0, 5), call(10, 12)])).toBe(7);
    expect(timeOf([call(10, 20), call(0, 15), call(12, 13)])).toBe(20);
  });

  it('leaves out calls that no packet brought there', () => {
    expect(timeOf([{ action: 'GetItem' }, call(0, 5)])).toBe(5);
  });
});
