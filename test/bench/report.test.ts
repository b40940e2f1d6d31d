import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../bench/measurement.ts';
import { chart } from '../../bench/report/chart.ts';
import { type Explanation, unexplained } from '../../bench/report/explanations.ts';
import { figure } from '../../bench/report/format.ts';
import { headless, headlineTable, section } from '../../bench/report/table.ts';
import { merge, type Results, type SuiteRecord } from '../../bench/results.ts';

const measurement: Measurement = {
  quantity: 'GET | median',
  unit: 'ms',
  better: 'less',
  ours: 'ours',
  values: { ours: [1, 2, 3], 'one <&> two': [4, 4, 4], slow: [40, 40, 40] },
  targets: [
    { against: 'one <&> two', ratio: 0.6 },
    { against: 'slow', ratio: 0.01 },
  ],
};
const record: SuiteRecord = {
  title: 'Twin',
  date: '2026-11-26',
  commit: 'abc1234',
  duration: 61.4,
  machine: { processor: 'P', cores: 2, memory: 24, system: 'Linux 6', node: 'v24.0.0', python: 'Python 3.11' },
  measurements: [measurement],
  breakdowns: [{ title: 'A <GET>', unit: 'ms', parts: { start: [1, 2, 3], rest: [0.5, 0.5, 2] } }],
  notes: ['How.'],
};
const results: Results = { twin: record };
const missed: Explanation = {
  suite: 'twin',
  quantity: /^GET/,
  against: 'slow',
  heading: 'GET',
  text: 'Because.',
};

describe('tables', () => {
  it('show every contender with ratio and target, and explain what is missed', () => {
    const text = section('twin', record, [missed]);
    expect(text).toContain('3 rounds, 61 s on 2026-11-26, commit abc1234; 2 × P, 24 GiB');
    expect(text).toContain('| 2 ms (1–3) | one <&> two | 4 ms | 0.5× (0.25–0.75) | at most 0.6×: met |');
    expect(text).toContain('slow | 40 ms | 0.05× (0.025–0.075) | at most 0.01×: **missed** |');
    expect(text).toMatch(/\n\n- How\.\n\n\| A [\s\S]+\n\n\*\*GET\.\*\* Because\.$/);
    expect(text).toContain('| A \\<GET> | median |');
    expect(text).toContain('| start | 2 ms (1–3) |\n| rest | 0.5 ms (0.5–2) |\n| all | 2.5 ms (1.5–5) |');
  });

  it('show of the headlines those that there are results for', () => {
    const headline = { suite: 'twin', quantity: measurement.quantity, against: 'slow', says: 'GET of the twin' };
    const table = headlineTable(results, [headline, { ...headline, against: 'nobody' }, { ...headline, suite: 'cold' }]);
    expect(table.split('\n').slice(2)).toEqual([
      '| GET of the twin | 2 ms (1–3) | slow: 40 ms | 0.05× (0.025–0.075) | at most 0.01×: **missed** |',
    ]);
    expect(headless(results, [headline, { ...headline, against: 'nobody' }, { ...headline, suite: 'cold' }])).toEqual([
      'twin has no GET | median against nobody',
    ]);
  });
});

describe('explanations', () => {
  it('are asked for of each missed target, and of no other', () => {
    expect(unexplained(results, [missed])).toEqual([]);
    expect(unexplained(results, [])).toEqual(['twin: GET | median: the target against slow is missed and not explained']);
    const stale = { ...missed, against: 'one <&> two', heading: 'Old' };
    expect(unexplained(results, [missed, stale])).toEqual([
      'twin: Old: an explanation of a target that is met, or not there',
    ]);
    expect(unexplained({}, [missed])).toEqual([]);
    const { breakdowns: _, ...bare } = record;
    expect(unexplained({ twin: bare }, [missed])).toEqual(['twin: nothing says what is made of what misses its target']);
  });
});

describe('the chart', () => {
  const svg = chart(results, [
    { suite: 'twin', quantity: measurement.quantity, title: 'A < B' },
    { suite: 'cold', quantity: 'x', title: 'Not there' },
  ]);

  it('has a bar for each contender, shortest first, as long as its median', () => {
    const bars = [...svg.matchAll(/<rect( class="ours")? x="230" y="\d+" width="(\d+)"/g)].map(([, ours, width]) => [
      ours !== undefined,
      Number(width),
    ]);
    expect(bars).toEqual([
      [true, 21],
      [false, 42],
      [false, 420],
    ]);
    expect(svg).toContain('>40 ms</text>');
  });

  it('is well-formed, whatever the names are', () => {
    expect(svg).toContain('>one &lt;&amp;> two</text>');
    expect(svg).toContain('>A &lt; B</text>');
    expect(svg).not.toContain('Not there');
    const open: string[] = [];
    for (const [, close, name = '', self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
  });
});

it('results of a suite take the place of its former ones', () => {
  const newer = { ...record, date: '2026-12-01' };
  expect(merge({ cold: record, twin: record }, { twin: newer })).toEqual({ cold: record, twin: newer });
});

it.each([
  [1234.5, 'ms', '1,235 ms'],
  [277.4, 'ms', '277 ms'],
  [11.74, 'ms', '11.7 ms'],
  [0.5571, 'ms', '0.56 ms'],
  [0.00345, 'ms', '0.003 ms'],
  [1, 'calls', '1 call'],
  [2, 'calls', '2 calls'],
  [0.5, 'capacity units', '0.5 capacity units'],
] as const)('%d %s is %s', (value, unit, text) => {
  expect(figure(value, unit)).toBe(text);
});
