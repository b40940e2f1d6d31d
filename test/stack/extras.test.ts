import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { start } from '../../src/local/index.ts';
import { dashboardBodyFaults } from '../../src/local/resources/cloudwatch-dashboard-body.ts';
import { buildExtras } from '../../src/stack/extras/template.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';

const { template } = buildExtras();
const properties = (logicalId: string): Record<string, unknown> => {
  const resource = template.Resources[logicalId];
  if (!resource) throw new Error(`no ${logicalId}`);
  return resource.Properties ?? {};
};

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

describe('WAF', () => {
  const rules = properties('WebAclOfStage').Rules as WafRule[];

  it('limits addresses first, then asks the managed rules', () => {
    expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'RateOfAddress'],
      [1, 'CommonRuleSet'],
      [2, 'KnownBadInputsRuleSet'],
    ]);
    expect(rules[0]?.Statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', Limit: { Ref: 'WebAclRateLimit' } });
  });

  it('counts large bodies and blocks none: a valid item may have 400 KB', () => {
    const overrides = rules.map(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    const counted = (...names: string[]) => names.map((Name) => ({ Name, ActionToUse: { Count: {} } }));
    expect(overrides).toEqual([
      [],
      counted(
        ...[
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'GenericLFI_BODY',
          'GenericRFI_BODY',
          'EC2MetaDataSSRF_BODY',
        ],
        'RestrictedExtensions_URIPATH',
      ),
      [],
    ]);
  });

  it('blocks whoever asks too often, and leaves to the rule groups what they do', () => {
    expect(rules.map(({ Action, OverrideAction }) => Action ?? OverrideAction)).toEqual([
      { Block: {} },
      { None: {} },
      { None: {} },
    ]);
  });

  it('stands in front of the stage', () => {
    expect(properties('WebAclAssociation')).toEqual({
      ResourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApiId}/stages/${StageName}',
      },
      WebACLArn: { 'Fn::GetAtt': ['WebAclOfStage', 'Arn'] },
    });
  });

  it('logs what it blocks and counts, without what authorizes it', () => {
    const { DataProtectionConfig } = properties('WebAclOfStage') as { DataProtectionConfig: { DataProtections: object[] } };
    expect(DataProtectionConfig.DataProtections).toEqual([
      {
        Action: 'SUBSTITUTION',
        Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'x-amz-security-token', 'x-api-key'] },
      },
    ]);
    const { LoggingFilter } = properties('WebAclLogging') as {
      LoggingFilter: { DefaultBehavior: string; Filters: { Behavior: string; Conditions: object[] }[] };
    };
    expect([LoggingFilter.DefaultBehavior, LoggingFilter.Filters.map(({ Behavior }) => Behavior)]).toEqual([
      'DROP',
      ['KEEP'],
    ]);
    expect(LoggingFilter.Filters[0]?.Conditions).toEqual(
      ['BLOCK', 'EXCLUDED_AS_COUNT', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
    );
    expect(properties('WebAclLogGroup')).toMatchObject({
      LogGroupName: { 'Fn::Sub': 'aws-waf-logs-${AWS::StackName}' },
      RetentionInDays: { Ref: 'LogRetentionDays' },
      KmsKeyId: { 'Fn::If': ['HasKmsKey', { Ref: 'KmsKeyArn' }, { Ref: 'AWS::NoValue' }] },
    });
  });

  it('is left out with WebAcl=false, all of it', () => {
    const conditional = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === 'HasWebAcl');
    expect(conditional.map(([id]) => id)).toEqual(Object.keys(template.Resources).filter((id) => id !== 'Dashboard'));
  });

  it('is refused by the twin, which says how to do without', async () => {
    const text = readFileSync('template.extras.yaml', 'utf8');
    const refused = start(text, { parameters: { RestApiId: 'a1b2c3d4e5' } });
    await expect(refused).rejects.toThrow(/WebAclOfStage.*AWS::WAFv2::WebACL.*Condition/s);
  });
});

describe('the dashboard', () => {
  const body = (properties('Dashboard').DashboardBody as { 'Fn::Sub': string })['Fn::Sub'];
  const { widgets } = JSON.parse(body) as {
    widgets: { x: number; y: number; width: number; height: number; properties: { metrics: unknown[][] } }[];
  };

  it('has its widgets side by side on a grid of 24', () => {
    expect(widgets.length).toBe(9);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    expect(new Set(widgets.map(({ x, y }) => `${x} ${y}`)).size).toBe(widgets.length);
  });

  it('shows every metric that the API’s template has an alarm for, in its dimensions', () => {
    const shown = widgets.flatMap((widget) =>
      widget.properties.metrics.map((metric) => metric.filter((part) => typeof part === 'string').join(' ')),
    );
    const { Resources } = buildTemplate(edition).template;
    const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(10);
    // What the API's stack refers to, as the extras name it.
    const named = (value: unknown): string => {
      const text = JSON.stringify(value);
      const [, operation] = /"Ref":"(\w+)Function"/.exec(text) ?? [];
      if (operation !== undefined) return `\${ApiStackName}-${operation}`;
      if (text === '{"Ref":"Stage"}') return '${StageName}';
      if (text === '{"Ref":"ItemsTable"}') return named(Resources.ItemsTable?.Properties?.TableName);
      return typeof value === 'string' ? value : (value as { 'Fn::Sub': string })['Fn::Sub'];
    };
    for (const { Properties } of alarms) {
      const { Namespace, MetricName, Dimensions } = Properties as {
        Namespace: string;
        MetricName: string;
        Dimensions: { Name: string; Value: unknown }[];
      };
      const dimensions = Dimensions.flatMap(({ Name, Value }) => [Name, named(Value)]);
      expect(shown).toContain([Namespace, MetricName, ...dimensions].join(' '));
    }
  });

  it('names each function as the API’s stack does', () => {
    const names = new Set([...body.matchAll(/"FunctionName","([^"]+)"/g)].map(([, name]) => name));
    expect([...names]).toEqual(operations.map(({ name }) => `\${ApiStackName}-${name}`));
  });

  it('is one that CloudWatch takes, as far as the twin knows', () => {
    expect(dashboardBodyFaults(body)).toEqual([]);
  });
});
