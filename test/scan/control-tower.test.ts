import { expect, it } from 'vitest';
import { controlTowerReport } from '../../scan/control-tower.ts';
import { defaults, hardened } from './targets.ts';

const unresolved = (path: string) => ({
  Clause: {
    Unary: { check: { UnResolved: { value: { traversed_to: { path, value: {} } } } }, messages: { custom_message: '' } },
  },
});
const failed = {
  Rule: {
    name: 'log_group_encrypted_check',
    messages: { custom_message: null },
    checks: [
      {
        Rule: {
          name: 'check',
          messages: { custom_message: '\n  [CT.LOGS.PR.3]: Require encryption\n  [FIX]: Set KmsKeyId.\n  ' },
          checks: [
            unresolved('/Resources/FirstLogGroup/Properties'),
            { Disjunctions: { checks: [unresolved('/Resources/SecondLogGroup/Properties')] } },
            unresolved('/Resources/FirstLogGroup/Properties'),
            {
              Clause: {
                Binary: {
                  check: { Resolved: { from: { path: '/Resources/Third/Type' }, to: { path: '/Resources/Key/Type' } } },
                },
              },
            },
          ],
        },
      },
    ],
  },
};

it('counts rules that passed or failed, and reports each resource of one that failed once', () => {
  const results = [
    { name: defaults.path, compliant: ['tracing_check'], not_compliant: [failed], not_applicable: ['bucket_check'] },
    {
      name: hardened.path,
      compliant: ['log_group_encrypted_check', 'tracing_check'],
      not_compliant: [],
      not_applicable: [],
    },
  ];
  const { rules, findings } = controlTowerReport(JSON.stringify(results), [defaults, hardened]);
  const common = {
    tool: 'control-tower',
    rule: 'CT.LOGS.PR.3',
    target: defaults,
    message: 'Require encryption',
    remedy: 'Set KmsKeyId.',
  };
  expect(rules).toBe(2);
  expect(findings).toEqual(['FirstLogGroup', 'SecondLogGroup', 'Third'].map((resource) => ({ ...common, resource })));
});

it('reports a rule that fails without a resource', () => {
  const bare = { Rule: { name: 'some_check', checks: [] } };
  const results = [{ name: defaults.path, compliant: [], not_compliant: [bare] }];
  expect(controlTowerReport(JSON.stringify(results), [defaults]).findings).toEqual([
    expect.objectContaining({ rule: 'some_check', resource: '', message: 'some_check' }),
  ]);
});

it('raises a template that was not read', () => {
  expect(() => controlTowerReport('[]', [defaults])).toThrow('cfn-guard read 0 of 1 templates');
});
