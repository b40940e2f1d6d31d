import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';
import type { Schema } from '../../../../cloudformation/schema.ts';
import { boolean, list, object, words } from '../../../../cloudformation/shapes.ts';

export interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: object;
  readonly OverrideAction?: object;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: object;
    readonly RateBasedStatement?: { readonly AggregateKeyType: string; readonly ForwardedIPConfig?: object };
  };
}

const nothing = object({});
const name: Schema = { type: 'string', pattern: '^[0-9A-Za-z_-]{1,128}$' };
const action = object({ Allow: nothing, Block: nothing, Count: nothing });

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html */
export const visibilityConfig = object(
  {
    CloudWatchMetricsEnabled: boolean,
    MetricName: { type: 'string', pattern: '^[\\w#:./-]{1,255}$' },
    SampledRequestsEnabled: boolean,
  },
  ['CloudWatchMetricsEnabled', 'MetricName', 'SampledRequestsEnabled'],
);

/** Rate-based statements and managed rule groups. Other statements are rejected by name. The twin evaluates no statement. */
const statement: Schema = {
  ...object({
    ManagedRuleGroupStatement: object(
      {
        // The predecessor of RuleActionOverrides: these rules only count.
        ExcludedRules: list(object({ Name: name }, ['Name']), { maxItems: 100 }),
        Name: name,
        RuleActionOverrides: list(
          object({ ActionToUse: { ...action, minProperties: 1 }, Name: name }, ['ActionToUse', 'Name']),
          { maxItems: 100 },
        ),
        VendorName: { type: 'string', minLength: 1, maxLength: 128 },
        Version: { type: 'string', pattern: '^[\\w#:./-]{1,64}$' },
      },
      ['Name', 'VendorName'],
    ),
    RateBasedStatement: object(
      {
        AggregateKeyType: words(['IP', 'FORWARDED_IP'], ['CONSTANT', 'CUSTOM_KEYS']),
        EvaluationWindowSec: { type: 'integer', enum: [60, 120, 300, 600] },
        ForwardedIPConfig: object(
          {
            FallbackBehavior: { enum: ['MATCH', 'NO_MATCH'] },
            HeaderName: { type: 'string', pattern: '^[a-zA-Z0-9-]{1,255}$' },
          },
          ['FallbackBehavior', 'HeaderName'],
        ),
        Limit: { type: 'integer', minimum: 10, maximum: 2_000_000_000 },
      },
      ['AggregateKeyType', 'Limit'],
    ),
  }),
  oneOf: [{ required: ['ManagedRuleGroupStatement'] }, { required: ['RateBasedStatement'] }],
};

export const rules = list(
  object(
    {
      Action: { ...action, minProperties: 1 },
      Name: name,
      OverrideAction: { ...object({ Count: nothing, None: nothing }), minProperties: 1 },
      Priority: { type: 'integer', minimum: 0 },
      Statement: statement,
      VisibilityConfig: visibilityConfig,
    },
    ['Name', 'Priority', 'Statement', 'VisibilityConfig'],
  ),
);

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_DataProtection.html */
export const dataProtection = object(
  {
    DataProtections: list(
      object(
        {
          Action: { enum: ['SUBSTITUTION', 'HASH'] },
          ExcludeRateBasedDetails: boolean,
          ExcludeRuleMatchDetails: boolean,
          Field: object(
            {
              FieldKeys: list({ type: 'string', minLength: 1, maxLength: 64 }, { maxItems: 100 }),
              FieldType: { enum: ['SINGLE_HEADER', 'SINGLE_COOKIE', 'SINGLE_QUERY_ARGUMENT', 'QUERY_STRING', 'BODY'] },
            },
            ['FieldType'],
          ),
        },
        ['Action', 'Field'],
      ),
      { minItems: 1, maxItems: 26 },
    ),
  },
  ['DataProtections'],
);

/**
 * Returns the faults that CreateWebACL rejects: names or priorities that two rules share, a rule with the wrong kind of action,
 * and a rate-based rule for forwarded IP addresses that does not name the header.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html
 */
export const ruleFaults = (all: readonly Rule[]): LocalError[] => [
  ...(['Name', 'Priority'] as const).flatMap((property) => sharedFaults(all, property)),
  ...all.flatMap((rule, index) => [
    ...actionFaults(rule, `Rules.${index}`),
    ...addressFaults(rule, `Rules.${index}.Statement.RateBasedStatement`),
  ]),
];

/** Returns a fault unless a managed rule group has an OverrideAction and any other rule an Action. */
const actionFaults = ({ Action, OverrideAction, Statement }: Rule, path: string): LocalError[] => {
  const isGroup = Statement.ManagedRuleGroupStatement !== undefined;
  const given = { Action, OverrideAction };
  const [wanted, other] = isGroup ? (['OverrideAction', 'Action'] as const) : (['Action', 'OverrideAction'] as const);
  if (given[wanted] !== undefined && given[other] === undefined) return [];
  const kind = isGroup ? 'a group of managed rules' : 'a rate';
  return [invalidProperty(path, `is ${kind}, which needs ${wanted} and cannot have ${other}; correct that`)];
};

const addressFaults = ({ Statement: { RateBasedStatement: rate } }: Rule, path: string): LocalError[] =>
  rate !== undefined && (rate.AggregateKeyType === 'FORWARDED_IP') !== (rate.ForwardedIPConfig !== undefined)
    ? [invalidProperty(path, 'must have ForwardedIPConfig exactly if AggregateKeyType is FORWARDED_IP; correct that')]
    : [];

const sharedFaults = (all: readonly Rule[], property: 'Name' | 'Priority'): LocalError[] => {
  const values = all.map((rule) => rule[property]);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined
    ? []
    : [invalidProperty('Rules', `has two rules with the ${property} ${twice}; give each its own`)];
};
