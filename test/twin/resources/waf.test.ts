import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { wafv2WebAcl } from '../../../src/twin/resources/wafv2/web-acl.ts';
import { wafv2WebAclAssociation } from '../../../src/twin/resources/wafv2/web-acl-association.ts';
import { createTestStack } from '../gateway/stack.ts';
import { resources, startTemplate } from './support.ts';

const visibility = { CloudWatchMetricsEnabled: true, MetricName: 'm', SampledRequestsEnabled: true };
const webAcl = { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: visibility };
const rate = (changes: JsonObject = {}, statement: JsonObject = {}) => ({
  Name: 'rate',
  Priority: 0,
  Action: { Block: {} },
  Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP', ...statement } },
  VisibilityConfig: visibility,
  ...changes,
});
const group = (changes: JsonObject = {}) => ({
  Name: 'group',
  Priority: 1,
  OverrideAction: { None: {} },
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
  VisibilityConfig: visibility,
  ...changes,
});
const acl = (changes: JsonObject): string =>
  resources({ WebAcl: { Type: 'AWS::WAFv2::WebACL', Properties: { ...webAcl, ...changes } } });
const logging = (changes: JsonObject): string =>
  acl({ Name: 'items' }) +
  resources({
    Logging: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: {
        ResourceArn: { 'Fn::GetAtt': 'WebAcl.Arn' },
        LogDestinationConfigs: ['arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-items'],
        ...changes,
      },
    },
  });

describe('a web ACL', () => {
  it('for CloudFront is global, and for no stage', async () => {
    const { running, waf } = await startTemplate(acl({ Name: 'edge', Scope: 'CLOUDFRONT' }));
    expect(running.names('WebAcl')).toEqual([
      expect.stringMatching(/^edge\|.*\|CLOUDFRONT$/),
      expect.stringMatching(/^arn:aws:wafv2:us-east-1:123456789012:global\/webacl\/edge\//),
    ]);
    expect(waf.webAcls.size).toBe(0);
    const elsewhere = createTestStack().start(wafv2WebAcl, { ...webAcl, Scope: 'CLOUDFRONT' } as never);
    await expect(elsewhere).rejects.toThrow('property Scope is CLOUDFRONT, which is for us-east-1 only, not for eu-west-1');
  });

  it('has the reference and the attributes that AWS would give it', async () => {
    const { running, waf } = await startTemplate(acl({ Name: 'items', Rules: [rate(), group()] }));
    const [arn = ''] = waf.webAcls;
    const id = /^arn:aws:wafv2:us-east-1:123456789012:regional\/webacl\/items\/([0-9a-f-]{36})$/.exec(arn)?.[1];
    expect(running.names('WebAcl')).toEqual([`items|${id}|REGIONAL`, arn]);
    await running.stop();
    expect(waf.webAcls.size).toBe(0);
  });

  it.each<[properties: JsonObject, message: string]>([
    [{ DefaultAction: {} }, 'property DefaultAction must have either Allow or Block; give one of the two'],
    [{ DefaultAction: { Allow: {}, Block: {} } }, 'property DefaultAction must have either Allow or Block'],
    [{ CaptchaConfig: {} }, 'property CaptchaConfig is not supported by the local twin'],
    [{ Rules: [rate({}, { Limit: 9 })] }, 'RateBasedStatement.Limit must be 10 or more'],
    [{ Rules: [rate({}, { EvaluationWindowSec: 90 })] }, 'EvaluationWindowSec must be one of 60, 120, 300, 600'],
    [
      { Rules: [rate({}, { AggregateKeyType: 'FORWARDED_IP' })] },
      'property Rules.0.Statement.RateBasedStatement must have ForwardedIPConfig exactly if AggregateKeyType is FORWARDED_IP',
    ],
    [
      { Rules: [rate({ Statement: { GeoMatchStatement: { CountryCodes: ['AQ'] } } })] },
      'property Rules.0.Statement.GeoMatchStatement is not supported by the local twin',
    ],
    [
      { Rules: [rate(), group({ OverrideAction: undefined as never, Action: { Block: {} } })] },
      'property Rules.1 is a group of managed rules, which needs OverrideAction and cannot have Action; correct that',
    ],
    [{ Rules: [rate({ OverrideAction: { None: {} } })] }, 'property Rules.0 is a rate, which needs Action and cannot have'],
    [{ Rules: [rate(), group({ Priority: 0 })] }, 'property Rules has two rules with the Priority 0; give each its own'],
    [{ Rules: [rate(), rate({ Priority: 1 })] }, 'property Rules has two rules with the Name rate; give each its own'],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(acl(properties))).rejects.toThrow(message);
  });
});

describe('the logging of a web ACL', () => {
  it('goes to one destination whose name starts as AWS asks', async () => {
    await expect(startTemplate(logging({}))).resolves.toBeDefined();
  });

  it.each<[properties: JsonObject, message: string]>([
    [
      { LogDestinationConfigs: ['arn:aws:logs:us-east-1:123456789012:log-group:items'] },
      'property LogDestinationConfigs.0 must match the pattern',
    ],
    [{ LogDestinationConfigs: [] }, 'property LogDestinationConfigs must have at least 1 entries'],
    [{ ResourceArn: 'arn:aws:wafv2:x' }, 'property ResourceArn is arn:aws:wafv2:x, which this template does not declare'],
    [{ LoggingFilter: { DefaultBehavior: 'DROP' } }, 'property LoggingFilter.Filters is missing; add it'],
  ])('is rejected: %#', async (properties, message) => {
    await expect(startTemplate(logging(properties))).rejects.toThrow(message);
  });
});

describe('the association of a web ACL', () => {
  const { gateway, serve, start } = createTestStack();
  afterEach(() => gateway.stop());

  it('is with a stage that exists, as AWS looks it up', async () => {
    const WebACLArn = (await start(wafv2WebAcl, webAcl)).attributes?.Arn;
    let apiId = '';
    await serve({}, async (id) => {
      apiId = id;
    });
    const associate = (stage: string, arn = WebACLArn) =>
      start(wafv2WebAclAssociation, {
        ResourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${apiId}/stages/${stage}`,
        WebACLArn: arn,
      });
    await expect(associate('v1')).resolves.toBeDefined();
    await expect(associate('v2')).rejects.toThrow('/stages/v2, and there is no such stage; refer to the stage with !Ref');
    await expect(associate('v1', 'arn:aws:wafv2:x')).rejects.toThrow('WebACLArn is arn:aws:wafv2:x, which this template');
  });
});
