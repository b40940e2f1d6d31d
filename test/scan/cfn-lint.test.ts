import { expect, it } from 'vitest';
import { cfnLintReport } from '../../scan/cfn-lint.ts';
import { defaults, hardened } from './targets.ts';

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
    match('/tmp/template.python.hardened.json', 'E3012', ['Resources', 'Table', 'Properties', 'BillingMode']),
  );
  const common = { tool: 'cfn-lint', message: 'It is wrong', remedy: 'https://example.com' };
  expect(cfnLintReport(text, [defaults, hardened])).toEqual({
    tool: 'cfn-lint',
    version: '1.58.0',
    rules: 326,
    findings: [
      { ...common, rule: 'W2001', resource: '', target: defaults },
      { ...common, rule: 'E3012', resource: 'Table', target: hardened },
    ],
  });
});

it('does not take a file for another', () => {
  expect(() => cfnLintReport(output(match('other.yaml', 'E0000', [])), [defaults])).toThrow('other.yaml was scanned');
});
