import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import type { Measurement, SuiteResult } from './measurement.ts';

/** The result of a suite, with its date, duration and machine. */
export interface SuiteRecord extends SuiteResult {
  readonly title: string;
  readonly date: string;
  readonly commit: string;
  /** Duration in seconds. */
  readonly duration: number;
  readonly machine: Machine;
}

/** Results by name of the suite. */
export type Results = Readonly<Record<string, SuiteRecord>>;

const file = join(import.meta.dirname, 'results.json');

/** Returns the results of earlier runs; none if there was no run. */
export const readResults = (): Results => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** Writes the results of suites, and keeps the earlier results of all other suites. */
export const writeResults = (results: Results): void => writeFileSync(file, `${asText(merge(readResults(), results))}\n`);

/** Returns the earlier results, with those of the same suites replaced by the newer ones. */
export const merge = (former: Results, newer: Results): Results => ({ ...former, ...newer });

/** Returns the problems that prevent the report of a result, such as a contender with too few values. */
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

/** Formats results as JSON, with the values of each contender on one line. */
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
