import { expect, it } from 'vitest';
import { details, legend, table } from '../../scan/print.ts';
import { defaults, finding, hardened } from './targets.ts';

const open = finding('checkov', 'CKV_2', 'Stage', defaults);
const findings = [finding('checkov', 'CKV_1', 'Table', defaults), finding('checkov', 'CKV_1', 'Table', hardened), open];

it('counts a finding once, however many templates it is in', () => {
  const exception = { tool: 'checkov', rule: 'CKV_1', resources: ['Table'], reason: 'So.', reconsider: 'Never.' } as const;
  const reports = [{ tool: 'checkov', version: '3.3.30', rules: 29, findings, seconds: 4.25 }] as const;
  expect(table(reports, [open], [exception])).toBe(
    [
      'tool     version  rules evaluated  findings  exceptions  open  seconds',
      'checkov  3.3.30                29         2           1     1      4.3',
    ].join('\n'),
  );
});

it('says why there are fewer exceptions than findings', () => {
  expect(legend(4, 31.25)).toBe(
    '4 templates in 31.3 s.\nExceptions are argued in scan/exceptions.ts; one may cover several findings, such as one of each function.',
  );
});

it('prints a finding with all its templates and the remedy', () => {
  expect(details([...findings, { ...open, resource: '', remedy: 'https://example.com/rule' }])).toEqual([
    'checkov CKV_1: Table (template.yaml defaults, template.python.yaml hardened)\n    It is wrong',
    'checkov CKV_2: Stage (template.yaml defaults)\n    It is wrong',
    'checkov CKV_2: the template (template.yaml defaults)\n    It is wrong\n    https://example.com/rule',
  ]);
});
