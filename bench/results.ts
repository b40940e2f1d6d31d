import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import type { Measurement, SuiteResult } from './measurement.ts';

/** Result of a suite, with its time and machine. */
export interface SuiteRecord extends SuiteResult {
  readonly title: string;
  readonly date: string;
  readonly commit: string;
  /** Seconds. */
  readonly duration: number;
  readonly machine: Machine;
}

/** By name of the suite. */
export type Results = Readonly<Record<string, SuiteRecord>>;

const file = join(import.meta.dirname, 'results.json');

/** Results of earlier runs; none if there was no run. */
export const readResults = (): Results => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** Keeps the results of suites, and of the others what there was. */
export const writeResults = (results: Results): void => writeFileSync(file, `${asText(merge(readResults(), results))}\n`);

/** Newer results in place of those of the same suites, in the order of the newer. */
export const merge = (former: Results, newer: Results): Results => ({ ...former, ...newer });

/** Returns the problems that keep a result from being reported, such as a contender with too few values. */
export const problemsOf = ({ measurements, breakdowns = [] }: SuiteResult): string[] => [
  ...measurements.flatMap(({ quantity, ours, values }, index) =>
    [
      ...(measurements.findIndex((other) => other.quantity === quantity) === index ? [] : ['there are two of that name']),
      ...(ours in values ? [] : [`there are no values of “${ours}”`]),
      ...problemsOfValues(values),
    ].map((problem) => `${quantity}: ${problem}`),
  ),
  ...breakdowns.flatMap(({ title, parts }) => problemsOfValues(parts).map((problem) => `${title}: ${problem}`)),
];

const problemsOfValues = (values: Measurement['values']): string[] => {
  const lengths = new Set(Object.values(values).map(({ length }) => length));
  const wrong = Object.entries(values).filter(([, list]) => !list.every(Number.isFinite));
  return [
    ...(lengths.has(0) || lengths.size !== 1 ? ['there are not as many values of each'] : []),
    ...wrong.map(([name]) => `not all values of “${name}” are numbers`),
  ];
};

/** JSON in which the values of a contender are one line. */
const asText = (results: Results): string => {
  const rounded = (values: Measurement['values']): Measurement['values'] =>
    Object.fromEntries(
      Object.entries(values).map(([name, list]) => [name, list.map((value) => Number(value.toPrecision(4)))]),
    );
  const short = Object.entries(results).map(([name, { measurements, breakdowns = [], ...record }]) => [
    name,
    {
      ...record,
      measurements: measurements.map((measurement) => ({ ...measurement, values: rounded(measurement.values) })),
      breakdowns: breakdowns.map((breakdown) => ({ ...breakdown, parts: rounded(breakdown.parts) })),
    },
  ]);
  return JSON.stringify(Object.fromEntries(short), undefined, 1).replace(/\[[\s\d.,e+-]+\]/g, (list) =>
    list.replace(/\s+/g, ''),
  );
};
