import { expect, it } from 'vitest';
import { cfnLintReport } from '../../scan/cfn-lint.ts';
import { defaults, shipped } from './targets.ts';

const match = (file: string, rule: string, path: string[]) => ({
  file,
  rule,
  path,
  message: 'It is wrong',
  source: 'https://example.com',
});
const output = (...matches: unknown[]): string => JSON.stringify({ version: '1.58.0', rules: 326, matches });

it('names resource, template and source of a match', () => {
  const text = output(
    match('/root/template.yaml', 'W2001', ['Parameters', 'Unused']),
    match('/tmp/template.defaults.json', 'E3012', ['Resources', 'Table', 'Properties', 'BillingMode']),
  );
  const common = { tool: 'cfn-lint', message: 'It is wrong', remedy: 'https://example.com' };
  expect(cfnLintReport(text, [shipped, defaults])).toEqual({
    tool: 'cfn-lint',
    version: '1.58.0',
    rules: 326,
    findings: [
      { ...common, rule: 'W2001', resource: '', target: shipped },
      { ...common, rule: 'E3012', resource: 'Table', target: defaults },
    ],
  });
});

it('does not take a file for another', () => {
  expect(() => cfnLintReport(output(match('other.yaml', 'E0000', [])), [shipped])).toThrow('other.yaml was scanned');
});
