import { describe, expect, it } from 'vitest';
import { layersOf, measurementsOf, stepsOf } from '../../bench/quantities.ts';

const samples = {
  ours: [
    { cpu: 1, memory: 5 },
    { cpu: 2, memory: 6 },
  ],
  theirs: [{ cpu: 3 }, { cpu: 4 }],
};

describe('measurements', () => {
  it('are of those contenders that have the figure, and of none that ours has not', () => {
    const quantities = {
      cpu: { quantity: 'CPU', unit: 'ms', targets: [{ against: 'theirs', ratio: 0.5 }] },
      memory: { quantity: 'memory', unit: 'MB', better: 'more' },
      latency: { quantity: 'latency', unit: 'ms' },
    } as const;
    expect(measurementsOf(quantities, samples, 'ours', 'GET: ')).toEqual([
      {
        quantity: 'GET: CPU',
        unit: 'ms',
        better: 'less',
        ours: 'ours',
        values: { ours: [1, 2], theirs: [3, 4] },
        targets: [{ against: 'theirs', ratio: 0.5 }],
      },
      { quantity: 'GET: memory', unit: 'MB', better: 'more', ours: 'ours', values: { ours: [5, 6] }, targets: [] },
    ]);
  });

  it('name the contender that has a figure in some rounds only', () => {
    expect(() => measurementsOf({ cpu: { quantity: 'CPU', unit: 'ms' } }, { ours: [{ cpu: 1 }, {}] }, 'ours')).toThrow(
      'ours gave no cpu in some rounds',
    );
  });
});

it('a breakdown of contenders has what each takes more than the one before, in the same round', () => {
  const values = { empty: [1, 2], raw: [4, 4], ours: [5, 3], other: [9, 9] };
  const layers = [
    ['empty', 'the runtime'],
    ['raw', 'TLS'],
    ['ours', 'the rest'],
  ] as const;
  expect(layersOf('All', 'MB', values, layers)).toEqual({
    title: 'All',
    unit: 'MB',
    parts: { 'the runtime': [1, 2], TLS: [3, 2], 'the rest': [1, -1] },
  });
});

it('a breakdown of steps has them in their order', () => {
  expect(
    stepsOf('All', [
      { start: 1, load: 2 },
      { start: 3, load: 4 },
    ]),
  ).toEqual({
    title: 'All',
    unit: 'ms',
    parts: { start: [1, 3], load: [2, 4] },
  });
});
