import { plain, table } from '../../src/docs/markdown.ts';
import type { Breakdown } from '../measurement.ts';
import type { Results, SuiteRecord } from '../results.ts';
import { compare, spread } from '../summary.ts';
import { type Explanation, explanationsFor } from './explanations.ts';
import { machineOf, ratioOf, spreadOf, targetOf } from './format.ts';
import { comparisonsOf, type Headline } from './headline.ts';

/** Returns the README's table: the headlines that have results. */
export const headlineTable = (results: Results, headlines: readonly Headline[]): string => {
  const all = comparisonsOf(results);
  const rows = headlines.flatMap(({ suite, quantity, against, says }) =>
    all
      .filter((found) => found.suite === suite && found.measurement.quantity === quantity)
      .filter(({ comparison }) => comparison.against === against)
      .map(({ measurement: { unit, better }, comparison }) => [
        says,
        spreadOf(comparison.ours, unit),
        `${against}: ${spreadOf(comparison.theirs, unit)}`,
        ratioOf(comparison.ratio),
        targetOf(comparison, better),
      ]),
  );
  return table(['', 'ours', 'the other', 'ratio', 'target'], rows);
};

/** Returns the headlines without a comparison, although their suite has results. */
export const headless = (results: Results, headlines: readonly Headline[]): string[] =>
  headlines
    .filter(({ suite }) => suite in results)
    .filter(
      ({ suite, quantity, against }) =>
        !comparisonsOf(results).some(
          (found) =>
            found.suite === suite && found.measurement.quantity === quantity && found.comparison.against === against,
        ),
    )
    .map(({ suite, quantity, against }) => `${suite} has no ${quantity} against ${against}`);

/** Returns the section of a suite: its measurements, how they were made, and why targets are missed. */
export const section = (name: string, record: SuiteRecord, explanations: readonly Explanation[]): string => {
  const { title, measurements, breakdowns = [], notes, date, commit, duration, machine } = record;
  const rows = measurements.flatMap((measurement) =>
    compare(measurement).map((comparison, index) => [
      index === 0 ? plain(measurement.quantity) : '',
      index === 0 ? spreadOf(comparison.ours, measurement.unit) : '',
      comparison.against,
      spreadOf(comparison.theirs, measurement.unit),
      ratioOf(comparison.ratio),
      targetOf(comparison, measurement.better),
    ]),
  );
  const rounds = Object.values(measurements[0]?.values ?? {})[0]?.length ?? 0;
  return [
    `## ${title}`,
    `\`npm run bench -- ${name}\`: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${Math.round(duration)} s on ${date}, commit ${commit}; ${machineOf(machine)}.`,
    ...(rows.length ? [table(['', 'ours', 'against', 'theirs', 'ratio', 'target'], rows)] : []),
    notes.map((note) => `- ${note}`).join('\n'),
    ...breakdowns.map(breakdownTable),
    ...explanationsFor(name, record, explanations).map(({ heading, text }) => `**${heading}.** ${text}`),
  ]
    .filter(Boolean)
    .join('\n\n');
};

/** Returns a table with the medians of the parts, and the median of their sum. The sum of the medians can differ slightly. */
const breakdownTable = ({ title, unit, parts }: Breakdown): string => {
  const lists = Object.values(parts);
  const whole = (lists[0] ?? []).map((_, round) => lists.reduce((sum, values) => sum + (values[round] ?? 0), 0));
  const rows = Object.entries({ ...parts, all: whole }).map(([part, values]) => [part, spreadOf(spread(values), unit)]);
  return table([plain(title), 'median'], rows);
};
