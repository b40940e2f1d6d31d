import { expect, it } from 'vitest';
import { duration } from '../../src/deploy/duration.ts';

it.each([
  [0, '0:00'],
  [59_400, '0:59'],
  [59_600, '1:00'],
  [3_725_000, '1:02:05'],
])('%i ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
