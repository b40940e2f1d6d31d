/* Measures the performance figures: `npm run bench -- --help`. */
import { parseArgs } from 'node:util';
import { Unprepared } from '../scan/unprepared.ts';
import { commit, machine } from './machine.ts';
import type { Suite } from './measurement.ts';
import { comparisonsOf } from './report/headline.ts';
import { section } from './report/table.ts';
import { writeReport } from './report/write.ts';
import { problemsOf, type Results, type SuiteRecord, writeResults } from './results.ts';
import { suites } from './suites.ts';

const help = `npm run bench [-- SUITE …] [--short] [--rounds NUMBER] [--write]

Measures our functions and the twin beside others, and prints tables. It installs the others at its first run.

Suites, all unless named:
${suites.map(({ name, title }) => `  ${name.padEnd(10)}${title}`).join('\n')}

  --short           only sees whether everything runs: one round of little
  --rounds NUMBER   values of each contender (15)
  --write           keeps the results in bench/results.json, and what the README and docs/performance.md say of them

Exit codes: 0 measured, whether or not targets were met; 1 a suite failed; 2 rejected.`;

const reject = (message: string): never => {
  console.error(`${message}; --help tells what there is`);
  process.exit(2);
};

const parse = () => {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return reject((error as Error).message);
  }
};

const measure = async ({ name, title, run }: Suite, rounds: number, short: boolean): Promise<SuiteRecord> => {
  const startedAt = performance.now();
  const onProgress = (line: string): void => console.error(`${name}: ${line}`);
  const result = await run({ short, rounds, onProgress });
  const duration = (performance.now() - startedAt) / 1000;
  const problems = problemsOf(result);
  if (problems.length) throw new Error(problems.join('\n'));
  console.error(`${name}: done in ${Math.round(duration)} s`);
  const date = new Date().toISOString().slice(0, 10);
  return { title, date, commit: await commit(), duration, machine: await machine(), ...result };
};

const { values, positionals } = parse();
const { short, write } = values;
const rounds = Number(values.rounds ?? (short ? 1 : 15));
if (values.help) {
  console.log(help);
  process.exit();
}
for (const name of positionals) {
  if (!suites.some((suite) => suite.name === name)) reject(`${name} is not a suite`);
}
if (!Number.isInteger(rounds) || rounds < 1) reject(`--rounds ${values.rounds} is not a whole number from 1`);
if (short && write) reject('--short measures nothing that is worth to --write');
if (write && rounds < 15) reject('--write keeps results of 15 rounds or more only');

// Clean-up runs on the `exit` event of this process. A signal alone does not emit that event.
for (const [signal, code] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

const results: Record<string, SuiteRecord> = {};
for (const suite of suites) {
  if (positionals.length && !positionals.includes(suite.name)) continue;
  try {
    const record = await measure(suite, rounds, short);
    console.log(`\n${section(suite.name, record, [])}`);
    results[suite.name] = record;
  } catch (error) {
    console.error(`${suite.name} failed:`, error instanceof Unprepared ? error.message : error);
    process.exitCode = 1;
  }
}
if (write) {
  writeResults(results);
  for (const fault of writeReport()) console.error(fault);
}
console.log(`\n${verdict(results)}`);

function verdict(measured: Results): string {
  const targets = comparisonsOf(measured).flatMap(({ comparison: { met } }) => (met === undefined ? [] : [met]));
  const met = targets.filter(Boolean).length;
  return `targets: ${met} met, ${targets.length - met} missed`;
}
