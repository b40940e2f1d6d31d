import { invalidProperty } from '../../../cloudformation/errors.ts';
import { map, object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly SamplingRule: {
    readonly RuleName: string;
    readonly Priority: number;
    readonly FixedRate: number;
    readonly ReservoirSize: number;
    readonly ServiceName: string;
    readonly ServiceType: string;
    readonly ResourceARN: string;
    readonly Host: string;
    readonly HTTPMethod: string;
    readonly URLPath: string;
    readonly Attributes?: Readonly<Record<string, string>>;
  };
};

/** A rule that determines which requests of traced stages are sampled. */
export const xraySamplingRule: ResourceType<Properties> = {
  type: 'AWS::XRay::SamplingRule',
  schema: object(
    {
      SamplingRule: object(
        {
          Attributes: {
            ...map({ type: 'string', minLength: 1, maxLength: 32 }),
            propertyNames: { type: 'string', minLength: 1, maxLength: 32 },
          },
          FixedRate: { type: 'number', minimum: 0, maximum: 1 },
          HTTPMethod: { type: 'string', maxLength: 10 },
          Host: { type: 'string', maxLength: 64 },
          Priority: { type: 'integer', minimum: 1, maximum: 9999 },
          ReservoirSize: { type: 'integer', minimum: 0 },
          ResourceARN: { type: 'string', maxLength: 500 },
          RuleName: { type: 'string', minLength: 1, maxLength: 32 },
          ServiceName: { type: 'string', maxLength: 64 },
          ServiceType: { type: 'string', maxLength: 64 },
          URLPath: { type: 'string', maxLength: 128 },
          Version: { type: 'integer', enum: [1] },
        },
        [
          ...['RuleName', 'Priority', 'FixedRate', 'ReservoirSize'],
          ...['ServiceName', 'ServiceType', 'ResourceARN', 'Host', 'HTTPMethod', 'URLPath'],
        ],
      ),
      Tags: tagsSchema,
    },
    ['SamplingRule'],
  ),
  check: ({ SamplingRule: { Attributes: attributes = {}, RuleName: ruleName } }) => [
    ...(Object.keys(attributes).length > 5
      ? [invalidProperty('SamplingRule.Attributes', 'must have at most 5 keys; remove the others')]
      : []),
    // Every account has the default rule, which cannot be deleted.
    ...(ruleName === 'Default'
      ? [invalidProperty('SamplingRule.RuleName', 'is Default, which every account has from the start; choose another name')]
      : []),
  ],
  start: ({ SamplingRule: rule }, context) => {
    const { partition, region, accountId } = context.stack;
    const { xray } = context.services;
    const { RuleName: ruleName } = rule;
    const isNew = xray.createSamplingRule({
      ruleName,
      priority: rule.Priority,
      reservoirSize: rule.ReservoirSize,
      fixedRate: rule.FixedRate,
      serviceName: rule.ServiceName,
      serviceType: rule.ServiceType,
      resourceArn: rule.ResourceARN,
      host: rule.Host,
      httpMethod: rule.HTTPMethod,
      urlPath: rule.URLPath,
      attributes: rule.Attributes ?? {},
    });
    if (!isNew)
      throw invalidProperty('SamplingRule.RuleName', `is ${ruleName}, the name of another rule; choose another name`);
    const arn = `arn:${partition}:xray:${region}:${accountId}:sampling-rule/${ruleName}`;
    return { ref: arn, attributes: { RuleARN: arn }, stop: () => xray.deleteSamplingRule(ruleName) };
  },
};
