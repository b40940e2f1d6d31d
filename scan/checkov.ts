import { join } from 'node:path';
import { execute } from './execute.ts';
import type { Finding, Report } from './finding.ts';
import { type Target, targetOf } from './target.ts';

/**
 * Runs all of checkov's checks for CloudFormation, including those on its graph; it downloads and sends nothing. `rules` counts
 * the checks that passed or failed a resource.
 */
export const checkov = async (targets: readonly Target[], programs: string, directory: string): Promise<Report> => {
  const options = ['--framework', 'cloudformation', '--skip-download', '--compact', '--output', 'json', '--file'];
  const paths = targets.map(({ path }) => path);
  const output = await execute(join(programs, 'checkov'), [...options, ...paths], { directory, expected: [0, 1] });
  return checkovReport(output, targets);
};

/** Reads checkov's JSON. Throws if checkov did not read a template, or did not recognize it as one. */
export const checkovReport = (output: string, targets: readonly Target[]): Report => {
  const { results, summary } = JSON.parse(output) as Output;
  const { passed_checks: passed = [], failed_checks: failed = [], parsing_errors: unreadable = [] } = results ?? {};
  const checks = [...passed, ...failed];
  const seen = new Set(checks.map(({ file_path: path }) => targetOf(targets, path)));
  const unseen = targets.filter((target) => !seen.has(target)).map(({ path }) => path);
  if (unreadable.length + unseen.length > 0)
    throw new Error(`checkov did not read ${[...unreadable, ...unseen].join(', ')}`);
  const findings = failed.map((check): Finding => {
    const resource = check.resource.slice(check.resource.lastIndexOf('.') + 1);
    const target = targetOf(targets, check.file_path);
    const remedy = check.guideline ?? undefined;
    return { tool: 'checkov', rule: check.check_id, resource, target, message: check.check_name, remedy };
  });
  const rules = new Set(checks.map(({ check_id: id }) => id)).size;
  return { tool: 'checkov', version: summary?.checkov_version ?? 'unknown', rules, findings };
};

interface Output {
  readonly results?: {
    readonly passed_checks?: readonly Check[];
    readonly failed_checks?: readonly Check[];
    readonly parsing_errors?: readonly string[];
  };
  readonly summary?: { readonly checkov_version: string };
}

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  /** Type and logical id, with a period between them. */
  readonly resource: string;
  readonly guideline: string | null;
}
