import { describe, expect, it } from 'vitest';
import { exceptions } from '../../scan/exceptions.ts';
import { covers, type Exception, judge } from '../../scan/judge.ts';
import { defaults, finding, hardened } from './targets.ts';

const exception: Exception = { tool: 'checkov', rule: 'CKV_1', resources: ['Table'], reason: 'So', reconsider: 'Never' };
const inBoth = [finding('checkov', 'CKV_1', 'Table', defaults), finding('checkov', 'CKV_1', 'Table', hardened)];

describe('an exception covers', () => {
  it.each([
    [exception, finding('checkov', 'CKV_1', 'Table', defaults), true],
    [exception, finding('checkov', 'CKV_2', 'Table', defaults), false],
    [exception, finding('cfn-lint', 'CKV_1', 'Table', defaults), false],
    [exception, finding('checkov', 'CKV_1', 'TableTwo', defaults), false],
    [{ ...exception, variants: ['hardened'] }, finding('checkov', 'CKV_1', 'Table', defaults), false],
    [{ ...exception, files: ['template.yaml'] }, finding('checkov', 'CKV_1', 'Table', hardened), false],
  ] as const)('%j: %j is %s', (given, found, expected) => expect(covers(given, found)).toBe(expected));
});

describe('a verdict', () => {
  it('has nothing to say of findings that are all covered', () => {
    expect(judge(inBoth, [exception])).toEqual({ open: [], stale: [] });
  });

  it('leaves open what no exception covers', () => {
    const other = finding('cdk-nag', 'APIG3', 'Stage', hardened);
    expect(judge([...inBoth, other], [exception])).toEqual({ open: [other], stale: [] });
  });

  it.each<[string, Exception, string[]]>([
    ['finding', { ...exception, rule: 'CKV_2' }, ['checkov CKV_2: nothing is found any more: remove it']],
    [
      'resource',
      { ...exception, resources: ['Table', 'Gone'] },
      ['checkov CKV_1: nothing is found in the resource Gone any more: name the others only'],
    ],
    [
      'variant',
      { ...exception, rule: 'CKV_3' },
      ['checkov CKV_3: nothing is found in the variant hardened any more: name the others only'],
    ],
  ])('calls an exception stale whose %s is gone', (_what, given, stale) => {
    expect(judge([...inBoth, finding('checkov', 'CKV_3', 'Table', defaults)], [given]).stale).toEqual(stale);
  });

  it('calls an exception stale that names a template in which nothing is found', () => {
    const inOne = inBoth.map((found) => ({ ...found, target: { ...found.target, file: 'template.yaml' as const } }));
    expect(judge(inOne, [exception]).stale).toEqual([]);
    expect(judge(inOne, [{ ...exception, files: ['template.yaml', 'template.python.yaml'] }]).stale).toEqual([
      'checkov CKV_1: nothing is found in the template template.python.yaml any more: name the others only',
    ]);
  });
});

describe('exceptions', () => {
  it('are argued, and each rule once for a resource', () => {
    expect(exceptions.filter(({ reason, reconsider }) => !reason.endsWith('.') || !reconsider.endsWith('.'))).toEqual([]);
    const covered = exceptions.flatMap(({ tool, rule, resources }) =>
      resources.map((resource) => `${tool} ${rule} ${resource}`),
    );
    expect(covered.filter((place, index) => covered.indexOf(place) !== index)).toEqual([]);
  });
});
