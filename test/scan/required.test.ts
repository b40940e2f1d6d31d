import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extraRequirements, unexplained } from '../../scan/required.ts';
import { requiredReasons } from '../../scan/required-reasons.ts';
import { resourceTypes } from '../../src/twin/resources/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-schemas-'));
  mkdirSync(join(folder, 'providers'));
  mkdirSync(join(folder, 'resources'));
  writeFileSync(
    join(folder, 'providers/us-east-1.json'),
    JSON.stringify(Object.fromEntries([...resourceTypes.keys()].map((type) => [type, type === plan ? 'plan' : 'other']))),
  );
  writeFileSync(join(folder, 'resources/other.json'), '{}');
  writeFileSync(
    join(folder, 'resources/plan.json'),
    JSON.stringify({
      properties: { Quota: { $ref: '#/definitions/Quota' }, ApiStages: { items: { required: ['ApiId'] } } },
      definitions: { Quota: { required: ['Limit', 'Period'] } },
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const plan = 'AWS::ApiGateway::UsagePlan';

describe('what the twin requires', () => {
  it('is compared with schemas through references, members and elements', () => {
    const found = extraRequirements(folder);
    expect(found.filter(({ type, property }) => type === plan && !property.startsWith('Tags'))).toEqual([
      { type: plan, property: 'ApiStages[].Stage' },
    ]);
    expect(found).toContainEqual({ type: 'AWS::ApiGateway::Resource', property: 'RestApiId' });
  });

  it('needs a reason where AWS does not require it, and no other', () => {
    const all = Object.entries(requiredReasons).flatMap(([type, reasons]) =>
      Object.keys(reasons).map((property) => ({ type, property })),
    );
    expect(unexplained([...all, { type: 'AWS::SNS::Topic', property: 'Tags[].Key' }])).toEqual([]);
    expect(unexplained([...all.slice(1), { type: plan, property: 'Name' }])).toEqual([
      expect.stringMatching(/^AWS::ApiGateway::UsagePlan requires Name in the twin, and not in CloudFormation: /),
      expect.stringMatching(
        /^scan\/required-reasons\.ts: AWS::ApiGateway::Authorizer does not require ProviderARNs any more/,
      ),
    ]);
  });
});
