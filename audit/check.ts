import { join } from 'node:path';
import { type Answer, type Finding, Unreachable } from './finding.ts';
import { type Accepted, judge } from './judge.ts';
import { askNpm } from './npm.ts';
import { askOsv } from './osv.ts';
import { npmFolders, type Package } from './packages.ts';
import { report } from './print.ts';

export interface Options {
  /** Folder of the project. */
  readonly root: string;
  readonly packages: readonly Package[];
  readonly accepted: readonly Accepted[];
  /** The date, such as `2026-11-29`. */
  readonly today: string;
  /** Base URL of OSV.dev. */
  readonly osv: string;
  /** Timeout for each source in milliseconds. */
  readonly timeout: number;
}

/** Looks up packages in both sources of advisories. Returns code 1 if a finding must be fixed or an entry is stale. */
export const check = async ({ root, packages, accepted, today, osv, timeout }: Options) => {
  const inFolders = npmFolders.map((folder): [string, Package[]] => {
    const file = folder === '.' ? 'package-lock.json' : `${folder}/package-lock.json`;
    return [join(root, folder), packages.filter((one) => one.file === file)];
  });
  const answers = await Promise.all([
    answer('OSV.dev', packages, askOsv(packages, osv, AbortSignal.timeout(timeout))),
    ...inFolders
      .filter(([, some]) => some.length > 0)
      .map(([folder, some]) => answer('npm audit', some, askNpm(folder, some, timeout))),
  ]);
  const verdict = judge(answers, accepted, today);
  return { lines: report(answers, verdict), code: verdict.open.length + verdict.stale.length > 0 ? 1 : 0 };
};

const answer = async (source: string, packages: readonly Package[], asked: Promise<Finding[]>): Promise<Answer> => {
  try {
    return { source, packages, findings: await asked };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { source, packages, findings: error };
  }
};
