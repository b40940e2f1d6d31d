import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLines } from '../../src/cli/check.ts';
import { checkTemplate } from '../../src/twin/check/index.ts';

const fixture = readFileSync(new URL('fixture.yaml', import.meta.url), 'utf8');

/** The status of each resource by its logical id. */
const statuses = (text: string, parameters = {}): Record<string, string> =>
  Object.fromEntries(checkTemplate(text, { parameters }).resources.map(({ logicalId, status }) => [logicalId, status]));

describe('checkTemplate', () => {
  it('tells what is supported, what has no effect, and what a condition leaves out', () => {
    const template = readFileSync('template.yaml', 'utf8');
    expect(statuses(template)).toMatchObject({
      RestApi: 'supported',
      FailuresQuery: 'inert',
      LatencyAlarm: 'inert',
      StageWebAcl: 'left out',
    });
    expect(statuses(template, { WebAcl: 'true' })).toMatchObject({ StageWebAcl: 'inert' });
    expect(checkTemplate(template).faults).toEqual([]);
  });

  it('names each resource that is rejected with its line and every reason', () => {
    const text = fixture.replace(
      '\nResources:\n',
      '\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n  Broken:\n    Type: AWS::Logs::LogGroup\n    Properties: { RetentionInDays: soon, Retention: 1 }\n',
    );
    const { resources, faults } = checkTemplate(text);
    expect(resources.filter(({ status }) => status === 'rejected')).toEqual([
      {
        logicalId: 'Queue',
        type: 'AWS::SQS::Queue',
        line: 14,
        status: 'rejected',
        reasons: [expect.stringMatching(/^the type is not supported/)],
        withoutEffect: [],
      },
      expect.objectContaining({
        logicalId: 'Broken',
        line: 16,
        reasons: [expect.stringContaining('Retention'), expect.stringContaining('RetentionInDays')],
      }),
    ]);
    expect(faults).toEqual([]);
  });

  it('keeps faults of no resource apart', () => {
    const { faults } = checkTemplate(`${fixture}\n  Wrong: { Value: !Ref Nothing }\n`);
    expect(faults).toEqual([expect.stringMatching(/^Outputs\.Wrong: .*Nothing/)]);
  });

  it('names the option that code in S3 needs', () => {
    const text = readFileSync(new URL('foreign/code-in-s3.yaml', import.meta.url), 'utf8');
    expect(checkLines('mine.yaml', checkTemplate(text))).toContainEqual(
      expect.stringMatching(/^mine\.yaml:\d+ {2}Function \(AWS::Lambda::Function\) +supported with --code Function=FOLDER$/),
    );
  });

  it('prints a line for each, and a sum', () => {
    const lines = checkLines('mine.yaml', checkTemplate(fixture));
    expect(lines[0]).toMatch(/^mine\.yaml:14 {2}Table \(AWS::DynamoDB::Table\) +supported$/);
    expect(lines.at(-1)).toMatch(/^\d+ resources: \d+ supported, \d+ left out$/);
  });
});
