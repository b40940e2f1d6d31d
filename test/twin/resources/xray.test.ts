import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { resources, startTemplate } from './support.ts';

const any = { ServiceName: '*', ServiceType: '*', ResourceARN: '*', Host: '*', HTTPMethod: '*', URLPath: '*' };
const rule = (changes: JsonObject, logicalId = 'Rule') => {
  const samplingRule = { RuleName: 'r', Priority: 1, FixedRate: 0.05, ReservoirSize: 1, Version: 1, ...any, ...changes };
  return resources({ [logicalId]: { Type: 'AWS::XRay::SamplingRule', Properties: { SamplingRule: samplingRule } } });
};

it('has the ARN that AWS would give it', async () => {
  const { running } = await startTemplate(rule({}));
  expect(running.names('Rule')).toEqual(['arn:aws:xray:us-east-1:123456789012:sampling-rule/r']);
});

it.each<[resources: string, message: string]>([
  [
    rule({ RuleName: 'r'.repeat(33) }),
    'Rule (AWS::XRay::SamplingRule): property SamplingRule.RuleName must have at most 32',
  ],
  [rule({ RuleName: 'Default' }), 'property SamplingRule.RuleName is Default, which every account has from the start'],
  [rule({ Priority: 10_000 }), 'property SamplingRule.Priority must be 9999 or less'],
  [rule({ FixedRate: 5 }), 'property SamplingRule.FixedRate must be 1 or less'],
  [rule({ ReservoirSize: -1 }), 'property SamplingRule.ReservoirSize must be 0 or more'],
  [rule({ Version: 2 }), 'property SamplingRule.Version must be one of 1'],
  [rule({ URLPath: 'x'.repeat(129) }), 'property SamplingRule.URLPath must have at most 128 characters'],
  [rule({ Attributes: { a: 'x'.repeat(33) } }), 'property SamplingRule.Attributes.a must have at most 32 characters'],
  [
    rule({ Attributes: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 'x'])) }),
    'property SamplingRule.Attributes must have at most 5 keys',
  ],
  [rule({}).replace('"Host":"*",', ''), 'property SamplingRule.Host is missing; add it'],
  [`${rule({})}${rule({}, 'Other')}`, 'property SamplingRule.RuleName is r, the name of another rule'],
])('is rejected: %#', async (text, message) => {
  await expect(startTemplate(text)).rejects.toThrow(message);
});
