import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cdkNag, findingsOf } from '../../scan/cdk-nag.ts';
import type { JsonObject } from '../../src/cloudformation/json.ts';
import { defaults } from './targets.ts';

const scan = (type: string, properties: JsonObject) => {
  const directory = mkdtempSync(join(tmpdir(), 'items-nag-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'template.json');
  writeFileSync(path, JSON.stringify({ Resources: { Subject: { Type: type, Properties: properties } } }));
  return cdkNag([{ ...defaults, path }], directory);
};

const table = (recovery: boolean): JsonObject => ({
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery },
});

describe('packs', () => {
  it('count compliant rules and have no finding of them', () => {
    const { rules, findings } = scan('AWS::DynamoDB::Table', table(true));
    expect(findings).toEqual([]);
    expect(rules).toBeGreaterThan(0);
  });

  it('report what is not compliant', () => {
    const { findings } = scan('AWS::DynamoDB::Table', table(false));
    expect(findings.map(({ rule, resource }) => [rule, resource])).toContainEqual(['AwsSolutions-DDB3', 'Subject']);
  });

  it('report what they cannot evaluate', () => {
    const properties = { Code: { ZipFile: '' }, Handler: 'index.handler', Role: 'role', Runtime: { Ref: 'AWS::Region' } };
    const { findings } = scan('AWS::Lambda::Function', properties);
    expect(findings.map(({ rule, message }) => [rule, message])).toContainEqual([
      'AwsSolutions-L1[not evaluated]',
      expect.stringContaining('could not be validated'),
    ]);
  });
});

describe('results', () => {
  const result = { rule: 'AwsSolutions-IAM5', resource: 'Role', message: 'It is wrong' };
  const rulesOf = (value: Parameters<typeof findingsOf>[0]['result']): string[] =>
    findingsOf({ ...result, result: value }, defaults).map(({ rule }) => rule);

  it('are one finding for each name', () => {
    expect(rulesOf(['Action::a', 'Resource::*'])).toEqual([
      'AwsSolutions-IAM5[Action::a]',
      'AwsSolutions-IAM5[Resource::*]',
    ]);
    expect(rulesOf(['Policy::arn:<AWS::Partition>:iam::aws:policy/p'])).toEqual([
      'AwsSolutions-IAM5[Policy::arn:aws:iam::aws:policy/p]',
    ]);
    expect(rulesOf([])).toEqual([]);
  });

  it('that are errors are findings of their own', () => {
    expect(rulesOf(new Error('unknown'))).toEqual(['AwsSolutions-IAM5[not evaluated]']);
  });
});
