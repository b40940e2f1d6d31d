import { expect, it } from 'vitest';
import { createSlowCalls } from '../../campaign/proxy/slow-calls.ts';

it('knows whether DynamoDB was slow at any time since a moment', () => {
  let now = 0;
  const calls = createSlowCalls(1500, () => now);
  const end = calls.begin();
  now = 1000;
  expect(calls.since(0)).toBe(false);
  now = 1600;
  expect(calls.since(1500)).toBe(true);
  end();
  now = 2000;
  expect(calls.since(1600)).toBe(true);
  expect(calls.since(1601)).toBe(false);
  const fast = calls.begin();
  now = 2100;
  fast();
  expect(calls.since(2000)).toBe(false);
});
