/* Tests the functions and the twin under faults: `npm run campaign -- --help`. */
import { commit, machine } from '../bench/machine.ts';
import { interruption } from '../src/cli/interruption.ts';
import { LocalError } from '../src/cloudformation/errors.ts';
import { help, parseArguments } from './arguments.ts';
import { resultsTable, wrongLines } from './report/table.ts';
import { write } from './report/write.ts';
import { run } from './run.ts';

const args = parseArguments(process.argv.slice(2));
if (args === undefined) {
  console.log(help);
  process.exit();
}
if (typeof args === 'string') {
  console.error(`${args}; see --help`);
  process.exit(2);
}

const { seed, parts } = args;
const signal = interruption(process, { waiting: 'Stopping. Press Ctrl-C again to exit at once.' });
const startedAt = performance.now();
console.log(`seed ${seed}`);
try {
  const rows = await run(args, { signal, onProgress: (line) => console.error(line) });
  const duration = (performance.now() - startedAt) / 1000;
  for (const line of wrongLines(rows, seed)) console.log(line);
  console.log(`\n${resultsTable(rows)}\n\n${Math.round(duration)} s, seed ${seed}`);
  process.exitCode = rows.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
  if (args.write) {
    const date = new Date().toISOString().slice(0, 10);
    const errors = write({ date, commit: await commit(), machine: await machine(), seed, duration, parts, rows });
    for (const error of errors) console.error(error);
    if (errors.length > 0) process.exitCode = 1;
  }
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 1;
  if (!signal.aborted) console.error(error instanceof LocalError ? error.message : error);
}
