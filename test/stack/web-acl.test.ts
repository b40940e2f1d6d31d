import { describe, expect, it } from 'vitest';
import { properties, ref, template } from './built.ts';

interface WafRule {
  readonly Name: string;
  readonly Action?: object;
  readonly OverrideAction?: object;
  readonly Priority: number;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: { readonly Name: string; readonly RuleActionOverrides?: readonly object[] };
    readonly RateBasedStatement?: object;
  };
}

describe('AWS WAF', () => {
  const { Rules: rules } = properties<{ Rules: readonly WafRule[] }>('StageWebAcl');

  it('is there if WebAcl is true, all of it, and not by default', () => {
    const own = Object.entries(template.Resources).filter(([, { Type }]) => Type.startsWith('AWS::WAFv2::'));
    expect([...own.map(([id]) => id), 'WebAclLogGroup'].sort()).toEqual(
      Object.entries(template.Resources)
        .filter(([, { Condition }]) => Condition === 'HasWebAcl')
        .map(([id]) => id)
        .sort(),
    );
    expect(own.map(([id]) => id)).toEqual(['StageWebAcl', 'WebAclAssociation', 'WebAclLogging']);
    expect(template.Conditions.HasWebAcl).toEqual({ 'Fn::Equals': [ref('WebAcl'), 'true'] });
  });

  it('limits addresses first, then asks the managed rules', () => {
    expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'RateOfAddress'],
      [1, 'CommonRuleSet'],
      [2, 'KnownBadInputsRuleSet'],
    ]);
    expect(rules[0]?.Statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', Limit: ref('WebAclRateLimit') });
    expect(rules.slice(1).map(({ Statement }) => Statement.ManagedRuleGroupStatement?.Name)).toEqual([
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
  });

  it('counts what valid items could match and does not block it: an item may have 400 KB of any text', () => {
    const overrides = rules.map(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    const counted = [
      ...['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY'],
      ...['EC2MetaDataSSRF_BODY', 'RestrictedExtensions_URIPATH'],
    ].map((Name) => ({ Name, ActionToUse: { Count: {} } }));
    expect(overrides).toEqual([[], counted, []]);
  });

  it('blocks addresses over the limit, and takes the actions of the rule groups', () => {
    expect(rules.map(({ Action, OverrideAction }) => Action ?? OverrideAction)).toEqual([
      { Block: {} },
      { None: {} },
      { None: {} },
    ]);
  });

  it('stands in front of the stage', () => {
    expect(properties('WebAclAssociation')).toEqual({
      ResourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${Stage}',
      },
      WebACLArn: { 'Fn::GetAtt': ['StageWebAcl', 'Arn'] },
    });
  });

  it('logs what it blocks and counts, without credentials', () => {
    expect(properties('StageWebAcl').DataProtectionConfig).toEqual({
      DataProtections: [
        {
          Action: 'SUBSTITUTION',
          Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'x-amz-security-token', 'x-api-key'] },
        },
      ],
    });
    expect(properties('WebAclLogging').LoggingFilter).toEqual({
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'EXCLUDED_AS_COUNT', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
        },
      ],
    });
    expect(properties('WebAclLogGroup').LogGroupName).toEqual({ 'Fn::Sub': 'aws-waf-logs-${AWS::StackName}' });
  });
});
