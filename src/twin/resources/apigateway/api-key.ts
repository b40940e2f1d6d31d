import { boolean, list, object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly Enabled?: boolean;
  readonly Value?: string;
};

/** An API key that clients send in `x-api-key`. Its value is generated if the template has no Value. */
export const apiGatewayApiKey: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::ApiKey',
  schema: object({
    Name: string,
    Description: string,
    Enabled: boolean,
    GenerateDistinctId: boolean,
    StageKeys: list(object({ RestApiId: string, StageName: string })),
    Value: { type: 'string', minLength: 20, maxLength: 128 },
    Tags: tagsSchema,
  }),
  // As on AWS, Enabled is false by default.
  start: ({ Enabled: enabled = false, Value }, context) => {
    const { usage } = context.services.gateway;
    const id = apiGatewayId(context, 10);
    usage.createApiKey({ id, value: Value ?? apiGatewayId(context, 40, 'value'), enabled });
    return { ref: id, attributes: { APIKeyId: id }, stop: () => usage.deleteApiKey(id) };
  },
};
