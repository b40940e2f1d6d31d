import { expect, it } from 'vitest';
import { descendants, memoryOf, proportionalSize } from '../../bench/process-tree.ts';

it('finds what a process has started, and what that has', () => {
  const parents = new Map([
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 4],
    [6, 1],
  ]);
  expect(descendants(2, parents)).toEqual([2, 3, 4, 5]);
  expect(descendants(6, parents)).toEqual([6]);
});

it('reads the proportional size, and nothing of a process that is gone', () => {
  expect(proportionalSize('00400000-7ffd [rollup]\nRss:  88 kB\nPss:   42 kB\nPss_Dirty: 7 kB\n')).toBe(42);
  expect(proportionalSize('')).toBe(0);
});

it.runIf(process.platform === 'linux')('measures this process', () => {
  expect(memoryOf(process.pid)).toBeGreaterThan(20);
});
