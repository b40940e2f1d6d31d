import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.ts';
import { failuresOf, type Report, table } from './failures.ts';

/*
 * Runs the conformance suite and the tests of the command line many times, on a machine that is busy with something else as well,
 * and prints how often each test failed: `npm run test:repeat -- 30`. A test that fails once in a while has a cause.
 */

/** Computes until standard input ends, which it does with this process, however that ends. */
const busy = `
  process.stdin.on('end', () => process.exit()).resume();
  setInterval(() => { for (const end = Date.now() + 100; Date.now() < end;); }, 0);
`;

const settings = readArguments(process.argv.slice(2));
if (typeof settings === 'string') {
  console.error(settings);
  process.exit(2);
}
const { times, load, quick, paths } = settings;
const folder = mkdtempSync(join(tmpdir(), 'items-repeat-'));
const failures = new Map<string, number>();
let tests = 0;
try {
  for (let round = 1; round <= times; round++) {
    const isBusy = load === 'busy' || (load === 'alternate' && round % 2 === 1);
    const started = performance.now();
    const report = await runBusy(isBusy, join(folder, `${round}.json`));
    tests += report.numTotalTests;
    const failed = failuresOf(report);
    for (const { name } of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${round} of ${times}${isBusy ? ', all cores busy' : ''}: ${report.numTotalTests} tests, ${failed.length} failed, ${seconds} s`,
    );
    for (const { name, message } of failed) console.log(`  ${name}\n${message.replace(/^/gm, '    ')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\n${table(failures, times, tests)}`);
process.exitCode = failures.size === 0 ? 0 : 1;

/** Runs the tests once, beside as many processes that only compute as there are cores. */
async function runBusy(isBusy: boolean, output: string): Promise<Report> {
  const others = isBusy
    ? Array.from({ length: availableParallelism() }, () =>
        spawn(process.execPath, ['-e', busy], { stdio: ['pipe', 'ignore', 'ignore'] }),
      )
    : [];
  const stop = () => others.forEach((child) => void child.kill('SIGKILL'));
  process.once('exit', stop);
  try {
    return await runTests(output);
  } finally {
    stop();
    process.removeListener('exit', stop);
  }
}

async function runTests(output: string): Promise<Report> {
  const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
  const args = ['run', ...(quick ? [] : ['--mode', 'all']), '--reporter=json', `--outputFile=${output}`, ...paths];
  const child: ChildProcess = spawn(process.execPath, [vitest, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  if (code !== 0 && failuresOf(report).length === 0) throw new Error(`vitest ended with ${code}, and no test failed`);
  return report;
}
