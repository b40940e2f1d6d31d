/* What the performance figures come from: `npm run bench [-- SUITE …] [--short]`. */
import { parseArgs } from 'node:util';
import type { Suite } from './measurement.ts';
import { capacity } from './suites/capacity.ts';
import { cold } from './suites/cold.ts';
import { growth } from './suites/growth.ts';
import { quota } from './suites/quota.ts';
import { twin } from './suites/twin.ts';
import { warm } from './suites/warm.ts';
import { compare, type Spread } from './summary.ts';

const suites: readonly Suite[] = [cold, warm, quota, capacity, twin, growth];

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
for (const name of positionals) {
  if (suites.some((suite) => suite.name === name)) continue;
  console.error(`${name}: there is no such suite; there are ${suites.map((suite) => suite.name).join(', ')}`);
  process.exit(2);
}
const { short } = values;
for (const { name, title, run } of suites) {
  if (positionals.length && !positionals.includes(name)) continue;
  const { measurements, notes } = await run({
    short,
    rounds: short ? 2 : 15,
    onProgress: (line) => console.error(`${name}: ${line}`),
  });
  console.log(`\n${title}`);
  const text = ({ median, min, max }: Spread): string => [median, min, max].map((value) => value.toPrecision(3)).join(' ');
  for (const measurement of measurements) {
    for (const { against, ours, theirs, ratio, met } of compare(measurement)) {
      const verdict = met === undefined ? '' : met ? 'target met' : 'target MISSED';
      console.log(
        [measurement.quantity, measurement.unit, text(ours), against, text(theirs), text(ratio), verdict].join(' | '),
      );
    }
  }
  for (const note of notes) console.log(`- ${note}`);
}
