import type { Machine } from '../machine.ts';
import type { Unit } from '../measurement.ts';
import type { Comparison, Spread } from '../summary.ts';

/** Formats a figure with three significant digits and its unit: `1.85 ms`, `277 ms`, `1,234 requests/s`. */
export const figure = (value: number, unit: Unit): string => {
  const text = number(value);
  return unit === 'calls' || unit === 'capacity units'
    ? `${text} ${value === 1 ? unit.slice(0, -1) : unit}`
    : `${text} ${unit}`;
};

/** Formats a median, followed in brackets by the least and the greatest value if they differ. */
export const spreadOf = ({ median, min, max }: Spread, unit: Unit): string =>
  min === max ? figure(median, unit) : `${figure(median, unit)} (${number(min)}–${number(max)})`;

/** Formats a ratio: `0.31×`. */
export const ratioOf = ({ median, min, max }: Spread): string =>
  number(min) === number(max) ? `${number(median)}×` : `${number(median)}× (${number(min)}–${number(max)})`;

/** Formats the target, and its result; empty if there is none. */
export const targetOf = ({ target, met }: Comparison, better: 'less' | 'more'): string => {
  if (target === undefined) return '';
  return `${better === 'less' ? 'at most' : 'at least'} ${number(target.ratio)}×: ${met ? 'met' : '**missed**'}`;
};

/** Formats machine and versions in one line. */
export const machineOf = ({ processor, cores, memory, system, node, python }: Machine): string =>
  `${cores} × ${processor}, ${memory} GiB, ${system}, Node.js ${node}, ${python}`;

const number = (value: number): string => {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(value < 0.01 ? 1 : value < 1 ? 2 : 3)));
};
