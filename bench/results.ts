import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import type { Measurement, SuiteResult } from './measurement.ts';

/** What a suite measured, when and where. */
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

/** What keeps a result from being told, such as a contender with too few values. */
export const problemsOf = ({ measurements }: SuiteResult): string[] =>
  measurements.flatMap(({ quantity, ours, values }, index) => {
    const lengths = new Set(Object.values(values).map(({ length }) => length));
    const wrong = Object.entries(values).filter(([, list]) => !list.every(Number.isFinite));
    return [
      ...(measurements.findIndex((other) => other.quantity === quantity) === index ? [] : ['there are two of that name']),
      ...(ours in values ? [] : [`there are no values of “${ours}”`]),
      ...(lengths.has(0) || lengths.size > 1 ? ['contenders do not have as many values each'] : []),
      ...wrong.map(([name]) => `not all values of “${name}” are numbers`),
    ].map((problem) => `${quantity}: ${problem}`);
  });

/** JSON in which the values of a contender are one line. */
const asText = (results: Results): string => {
  const rounded = (measurement: Measurement): Measurement => ({
    ...measurement,
    values: Object.fromEntries(
      Object.entries(measurement.values).map(([name, values]) => [
        name,
        values.map((value) => Number(value.toPrecision(4))),
      ]),
    ),
  });
  const short = Object.fromEntries(
    Object.entries(results).map(([name, record]) => [name, { ...record, measurements: record.measurements.map(rounded) }]),
  );
  return JSON.stringify(short, undefined, 1).replace(/\[[\s\d.,e+-]+\]/g, (list) => list.replace(/\s+/g, ''));
};
