import { LocalError } from '../errors.ts';
import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';
import { tagsSchema } from './tags.ts';

type Properties = {
  readonly ApiStages?: readonly { readonly ApiId: string; readonly Stage: string }[];
  readonly Throttle?: { readonly RateLimit?: number; readonly BurstLimit?: number };
  readonly Quota?: { readonly Limit: number; readonly Period: 'DAY' | 'WEEK' | 'MONTH'; readonly Offset?: number };
};

/** Which stages the keys of a plan open, and how much they may use. */
export const apiGatewayUsagePlan: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::UsagePlan',
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      UsagePlanName: { type: 'string' },
      Description: { type: 'string' },
      ApiStages: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['ApiId', 'Stage'],
          properties: { ApiId: { type: 'string' }, Stage: { type: 'string' } },
        },
      },
      Throttle: {
        type: 'object',
        additionalProperties: false,
        properties: { RateLimit: { type: 'number', minimum: 0 }, BurstLimit: { type: 'integer', minimum: 0 } },
      },
      Quota: {
        type: 'object',
        additionalProperties: false,
        required: ['Limit', 'Period'],
        properties: {
          Limit: { type: 'integer', minimum: 0 },
          Period: { enum: ['DAY', 'WEEK', 'MONTH'] },
          Offset: { type: 'integer', minimum: 0 },
        },
      },
      Tags: tagsSchema,
    },
  },
  start: ({ ApiStages: apiStages = [], Throttle: throttle, Quota: quota }, context) => {
    const { gateway } = context.services;
    for (const { ApiId: apiId, Stage: stage } of apiStages) {
      if (!gateway.hasStage(apiId, stage)) {
        throw new LocalError(
          'RESOURCE_FAILED',
          `API Stage not found: ${apiId}:${stage}. Let the usage plan depend on the stage (DependsOn, or !Ref of the stage)`,
        );
      }
    }
    const id = apiGatewayId(context, 6);
    gateway.usage.createUsagePlan({
      id,
      apiStages: apiStages.map(({ ApiId: apiId, Stage: stage }) => ({ apiId, stage })),
      ...(throttle && {
        throttle: {
          ...(throttle.RateLimit !== undefined && { rateLimit: throttle.RateLimit }),
          ...(throttle.BurstLimit !== undefined && { burstLimit: throttle.BurstLimit }),
        },
      }),
      ...(quota && { quota: { limit: quota.Limit, period: quota.Period, offset: quota.Offset ?? 0 } }),
    });
    return { ref: id, attributes: { Id: id }, stop: () => gateway.usage.deleteUsagePlan(id) };
  },
};
