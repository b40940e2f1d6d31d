import { join } from 'node:path';
import { execute } from './execute.ts';
import type { Finding, Report } from './finding.ts';
import { type Target, targetOf } from './target.ts';

/**
 * Runs cfn-lint at all levels, without experimental rules, on the templates as they are: it evaluates conditions itself. `rules`
 * counts the rules that ran, which are all enabled rules; cfn-lint does not report which of them applied.
 */
export const cfnLint = async (targets: readonly Target[], programs: string, directory: string): Promise<Report> => {
  const script = join(import.meta.dirname, 'cfn_lint.py');
  const paths = targets.map(({ path }) => path);
  return cfnLintReport(await execute(join(programs, 'python'), [script, ...paths], { directory }), targets);
};

/** Reads the output of `cfn_lint.py`. */
export const cfnLintReport = (output: string, targets: readonly Target[]): Report => {
  const { version, rules, matches } = JSON.parse(output) as Output;
  const findings = matches.map(({ file, rule, path, message, source }): Finding => {
    const [section, logicalId = ''] = path;
    const resource = section === 'Resources' ? logicalId : '';
    return { tool: 'cfn-lint', rule, resource, target: targetOf(targets, file), message, remedy: source };
  });
  return { tool: 'cfn-lint', version, rules, findings };
};

interface Output {
  readonly version: string;
  readonly rules: number;
  readonly matches: readonly {
    readonly file: string;
    readonly rule: string;
    readonly path: readonly string[];
    readonly message: string;
    readonly source: string;
  }[];
}
