/* Writes the report of bench/results.json: docs/performance.md and its chart. `--check` writes nothing. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { put } from '../../src/docs/generated.ts';
import { type Results, readResults, type SuiteRecord } from '../results.ts';
import { suites } from '../suites.ts';
import { chart } from './chart.ts';
import { type Explanation, unexplained } from './explanations.ts';
import { machineOf } from './format.ts';
import { headlines } from './headline.ts';
import { missed } from './missed.ts';
import { headless, headlineTable, section } from './table.ts';

/** Returns the beginning of the page, with the most important figures. */
const summary = (results: Results): string =>
  Object.keys(results).length
    ? `${headlineTable(results, headlines)}\n\n${occasions(results)}`
    : 'There are no results yet.';

/** Returns date, commit and machine of the results, each combination once. */
const occasions = (results: Results): string => {
  const occasionOf = ({ date, commit, machine }: SuiteRecord): string => `${date}, commit ${commit}, ${machineOf(machine)}`;
  const [[only, names = []] = ['', []], ...others] = Object.entries(
    Object.groupBy(Object.entries(results), ([, record]) => occasionOf(record)),
  );
  if (others.length === 0) return `All of one run: ${only}.`;
  return [[only, names] as const, ...others]
    .map(([occasion, records = []]) => `${records.map(([name]) => name).join(', ')}: ${occasion}.`)
    .join('\n');
};

/** Returns docs/performance.md. */
export const page = (results: Results, explanations: readonly Explanation[]): string => {
  const sections = suites.flatMap(({ name }) => {
    const record = results[name];
    return record ? [section(name, record, explanations)] : [];
  });
  return `${[head, summary(results), chartLine, introduction, ...sections].join('\n\n')}\n`;
};

const head = `<!-- Written by "npm run synth" from bench/results.json. -->

# Performance

\`npm run bench\` compares functions and twin with others in one run of about a quarter of an hour. Nothing here ran on AWS.`;

const chartLine = '![Medians beside those of others; shorter is better](performance.svg)';

const introduction = `Figures are medians, with the least and the greatest value in brackets. A ratio is ours to the other, round by round: in
each round every contender has its turn, in an order that is drawn anew. Below the comparisons of a suite stands what our time is made
of. \`npm run bench -- --write\` keeps a run in [bench/results.json](../bench/results.json) and makes this page of it.`;

/** Writes the report, or with `check` only compares it. Returns the faults. */
export const writeReport = (check = false): string[] => {
  const root = resolve(import.meta.dirname, '../..');
  const results = readResults();
  return [
    ...put(root, 'docs/performance.md', page(results, missed), check),
    ...put(root, 'docs/performance.svg', chart(results), check),
    ...headless(results, headlines).map((fault) => `bench/report/headline.ts: ${fault}`),
    ...unexplained(results, missed).map((fault) => `bench/report/missed.ts: ${fault}`),
  ];
};

if (import.meta.main) {
  const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
  const faults = writeReport(check);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length ? 1 : 0;
}
