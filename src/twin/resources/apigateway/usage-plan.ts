import { LocalError } from '../../../cloudformation/errors.ts';
import { list, map, object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly ApiStages?: readonly {
    readonly ApiId: string;
    readonly Stage: string;
    readonly Throttle?: Readonly<Record<string, Throttle>>;
  }[];
  readonly Throttle?: Throttle;
  readonly Quota?: { readonly Limit: number; readonly Period: 'DAY' | 'WEEK' | 'MONTH'; readonly Offset?: number };
};

type Throttle = { readonly RateLimit?: number; readonly BurstLimit?: number };

const throttleSchema = object({
  RateLimit: { type: 'number', minimum: 0 },
  BurstLimit: { type: 'integer', minimum: 0 },
});

/** The stages that the API keys of a plan give access to, with throttling limits and a quota. */
export const apiGatewayUsagePlan: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::UsagePlan',
  schema: object({
    UsagePlanName: string,
    Description: string,
    ApiStages: list(
      object(
        {
          ApiId: string,
          Stage: string,
          // By path and method, such as `/items/{id}/GET`.
          Throttle: { ...map(throttleSchema), propertyNames: { pattern: '^/(.*/)?([A-Z]+|\\*)$' } },
        },
        ['ApiId', 'Stage'],
      ),
    ),
    Throttle: throttleSchema,
    Quota: object(
      {
        Limit: { type: 'integer', minimum: 0 },
        Period: { enum: ['DAY', 'WEEK', 'MONTH'] },
        Offset: { type: 'integer', minimum: 0 },
      },
      ['Limit', 'Period'],
    ),
    Tags: tagsSchema,
  }),
  start: ({ ApiStages: apiStages = [], Throttle: throttle, Quota: quota }, context) => {
    const { gateway } = context.services;
    for (const { ApiId: apiId, Stage: stage } of apiStages) {
      if (!gateway.hasStage(apiId, stage)) {
        throw new LocalError(
          'RESOURCE_FAILED',
          `API Stage not found: ${apiId}:${stage}. Add a dependency on the stage (DependsOn, or !Ref of the stage)`,
        );
      }
    }
    const id = apiGatewayId(context, 6);
    gateway.usage.createUsagePlan({
      id,
      apiStages: apiStages.map(({ ApiId: apiId, Stage: stage, Throttle: ofMethods = {} }) => ({
        apiId,
        stage,
        methodSettings: Object.entries(ofMethods).map(([name, { RateLimit, BurstLimit }]) => ({
          resourcePath: name.slice(0, name.lastIndexOf('/')),
          httpMethod: name.slice(name.lastIndexOf('/') + 1),
          ...(RateLimit !== undefined && { throttlingRateLimit: RateLimit }),
          ...(BurstLimit !== undefined && { throttlingBurstLimit: BurstLimit }),
        })),
      })),
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
