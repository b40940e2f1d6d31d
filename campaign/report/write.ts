import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Machine } from '../../bench/machine.ts';
import { machineOf } from '../../bench/report/format.ts';
import { between, put } from '../../src/docs/generated.ts';
import type { Part, Row } from '../part.ts';
import { resultsTable } from './table.ts';

/** A complete run. */
export interface Run {
  readonly date: string;
  readonly commit: string;
  readonly machine: Machine;
  readonly seed: number;
  /** Duration in seconds. */
  readonly duration: number;
  readonly parts: readonly Part[];
  readonly rows: readonly Row[];
}

const file = 'docs/reliability.md';
const begin = '<!-- Campaign: written by "npm run campaign -- --write" -->';
const end = '<!-- End of the campaign -->';

/** Returns the generated section of docs/reliability.md. */
export const section = ({ date, commit, machine, seed, duration, parts, rows }: Run): string => {
  const minutes = (duration / 60).toFixed(1);
  return [
    resultsTable(rows),
    `\`npm run campaign -- --seed ${seed}\`: ${minutes} minutes on ${date}, commit ${commit}; ${machineOf(machine)}.`,
    parts.map(({ name, title }) => `- **${name}**: ${title}.`).join('\n'),
  ].join('\n\n');
};

/** Writes a run to docs/reliability.md. Returns an error message if the file has no place for it. */
export const write = (run: Run): string[] => {
  const root = resolve(import.meta.dirname, '../..');
  const text = between(readFileSync(resolve(root, file), 'utf8'), begin, end, section(run));
  if (text === undefined) return [`${file} has no place for the table: add the lines ${begin} and ${end}`];
  return put(root, file, text, false);
};
