import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exceptions } from './exceptions.ts';
import { execute } from './execute.ts';
import type { Report } from './finding.ts';
import { judge } from './judge.ts';
import { details, legend, type TimedReport, table } from './print.ts';
import { pythonPrograms } from './python.ts';
import { extraRequirements, unexplained } from './required.ts';
import { hardenedTargets, ownTargets, rolesTarget } from './target.ts';
import { orUnprepared } from './unprepared.ts';

/* Runs every scanner over all templates and fails on any finding without an exception: `npm run scan`. */

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'items-scan-'));
try {
  process.exitCode = await orUnprepared(scan);
} finally {
  rmSync(directory, { recursive: true });
}

async function scan(): Promise<number> {
  const programs = await pythonPrograms(join(root, '.venv/scan'), join(import.meta.dirname, 'requirements.txt'));
  const startedAt = performance.now();
  const own = ownTargets(root);
  const all = [...own, ...hardenedTargets(root, directory)];
  const linted = [...own, rolesTarget(root)];
  // The scanners that run as programs start first: cdk-nag runs in this process and blocks it.
  const reports = await Promise.all([
    timed(async () => (await import('./checkov.ts')).checkov(all, programs, directory)),
    timed(async () => (await import('./cfn-lint.ts')).cfnLint(linted, programs, directory)),
    timed(async () => (await import('./control-tower.ts')).controlTower(all, directory)),
    timed(async () => (await import('./cdk-nag.ts')).cdkNag(all, directory)),
  ]);

  const { open, stale } = judge(
    reports.flatMap(({ findings }) => findings),
    exceptions,
  );
  for (const detail of details(open)) console.error(`${detail}\n`);
  for (const part of stale) console.error(`stale exception: ${part}\n`);
  const faults = unexplained(extraRequirements(await schemasOf(programs)));
  for (const fault of faults) console.error(`required properties: ${fault}\n`);
  console.log(table(reports, open, exceptions));
  console.log(legend(all.length + 1, seconds(startedAt)));
  return open.length + stale.length + faults.length > 0 ? 1 : 0;
}

/** Returns the folder of the resource schemas that cfn-lint contains. */
async function schemasOf(programs: string): Promise<string> {
  const code = 'import cfnlint.data.schemas as s; print(list(s.__path__)[0])';
  return (await execute(join(programs, 'python'), ['-c', code], { directory })).trim();
}

async function timed(run: () => Promise<Report>): Promise<TimedReport> {
  const startedAt = performance.now();
  return { ...(await run()), seconds: seconds(startedAt) };
}

function seconds(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}
