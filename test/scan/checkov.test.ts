import { expect, it } from 'vitest';
import { checkovReport } from '../../scan/checkov.ts';
import { defaults, hardened } from './targets.ts';

const check = (id: string, file: string, guideline: string | null = null) => ({
  check_id: id,
  check_name: 'Ensure it is right',
  file_path: file,
  resource: 'AWS::DynamoDB::Table.ItemsTable',
  guideline,
});
const output = (results: object): string => JSON.stringify({ results, summary: { checkov_version: '3.3.30' } });

it('counts checks that passed or failed, and reports those that failed', () => {
  const text = output({
    passed_checks: [check('CKV_1', '/template.yaml'), check('CKV_2', '/template.yaml')],
    failed_checks: [check('CKV_1', '/template.python.hardened.json', 'https://example.com')],
  });
  expect(checkovReport(text, [defaults, hardened])).toEqual({
    tool: 'checkov',
    version: '3.3.30',
    rules: 2,
    findings: [
      {
        tool: 'checkov',
        rule: 'CKV_1',
        resource: 'ItemsTable',
        target: hardened,
        message: 'Ensure it is right',
        remedy: 'https://example.com',
      },
    ],
  });
});

it.each([
  [
    'could not be parsed',
    output({ passed_checks: [check('CKV_1', 'template.yaml')], parsing_errors: ['/x.json'] }),
    '/x.json',
  ],
  ['was not looked at', output({ passed_checks: [check('CKV_1', 'template.yaml')] }), hardened.path],
  ['was not looked at, as none were', JSON.stringify({ passed: 0, failed: 0 }), defaults.path],
])('raises a template that %s', (_what, text, path) => {
  expect(() => checkovReport(text, [defaults, hardened])).toThrow(path);
});
