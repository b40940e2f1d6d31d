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
    const overrides = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    expect(overrides).toContainEqual({ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } });
    for (const override of overrides) expect(override).toMatchObject({ ActionToUse: { Count: {} } });
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
    const shown = new Set(widgets.flatMap((widget) => widget.properties.metrics.map(([space, name]) => `${space} ${name}`)));
    const alarms = Object.values(buildTemplate(edition).template.Resources).filter(
      ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
    );
    expect(alarms.length).toBeGreaterThan(10);
    for (const { Properties } of alarms) expect(shown).toContain(`${Properties?.Namespace} ${Properties?.MetricName}`);
  });

  it('names each function as the API’s stack does', () => {
    const names = new Set([...body.matchAll(/"FunctionName","([^"]+)"/g)].map(([, name]) => name));
    expect([...names]).toEqual(operations.map(({ name }) => `\${ApiStackName}-${name}`));
  });

  it('is one that CloudWatch takes, as far as the twin knows', () => {
    expect(dashboardBodyFaults(body)).toEqual([]);
  });
});
