import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly ContentType?: string;
  readonly Schema?: unknown;
};

/** A JSON Schema (draft 4) for request bodies. */
export const apiGatewayModel: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Model',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['RestApiId'],
    properties: {
      RestApiId: { type: 'string' },
      Name: { type: 'string', pattern: '^[A-Za-z0-9]+$' },
      Description: { type: 'string' },
      ContentType: { type: 'string' },
      Schema: { type: ['object', 'string'] },
    },
  },
  start: ({ RestApiId: apiId, ContentType: contentType = 'application/json', Schema: schema = {}, Name }, context) => {
    const restApi = context.services.gateway.restApi(apiId);
    const name = Name ?? apiGatewayId(context, 10);
    restApi.createModel({ name, contentType, schema });
    return { ref: name, stop: () => restApi.remove('models', name) };
  },
};
