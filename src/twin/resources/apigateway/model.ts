import { object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import { parseModelSchema } from '../../gateway/model-schema.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly Schema?: unknown;
};

/** A JSON Schema (draft 4) for request bodies. */
export const apiGatewayModel: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Model',
  schema: object(
    {
      RestApiId: string,
      Name: { type: 'string', pattern: '^[A-Za-z0-9]+$' },
      Description: string,
      ContentType: string,
      Schema: { type: ['object', 'string'] },
    },
    ['RestApiId'],
  ),
  start: ({ RestApiId: apiId, Schema: schema = {}, Name }, context) => {
    const restApi = context.services.gateway.restApi(apiId);
    const name = Name ?? apiGatewayId(context, 10);
    parseModelSchema(name, schema);
    restApi.createModel({ name, schema });
    return { ref: name, stop: () => restApi.remove('models', name) };
  },
};
