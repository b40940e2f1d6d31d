import { expect, it } from 'vitest';
import type { Measurement } from '../../bench/measurement.ts';
import { problemsOf } from '../../bench/results.ts';

const measurement = (values: Measurement['values']): Measurement => ({
  quantity: 'CPU',
  unit: 'ms',
  better: 'less',
  ours: 'ours',
  values,
});
const sound = measurement({ ours: [1, 2], theirs: [3, 4] });

it.each([
  ['there are no values of “ours”', { theirs: [1] }],
  ['there are not as many values of each', { ours: [1, 2], theirs: [1] }],
  ['there are not as many values of each', { ours: [], theirs: [] }],
  ['not all values of “theirs” are numbers', { ours: [1], theirs: [Number.NaN] }],
])('finds that %s', (problem, values) => {
  expect(problemsOf({ measurements: [measurement(values)], notes: [] })).toEqual([`CPU: ${problem}`]);
});

it('finds two measurements of one name, and nothing wrong with others', () => {
  expect(problemsOf({ measurements: [sound, sound], notes: [] })).toEqual(['CPU: there are two of that name']);
  expect(problemsOf({ measurements: [sound], notes: [] })).toEqual([]);
});
