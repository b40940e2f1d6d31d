import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';
import { tagsSchema } from './tags.ts';

type Properties = {
  readonly Name: string;
  readonly BinaryMediaTypes?: readonly string[];
};

/** A REST API. Its server starts with its first stage. */
export const apiGatewayRestApi: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::RestApi',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['Name'],
    properties: {
      Name: { type: 'string', minLength: 1 },
      Description: { type: 'string' },
      ApiKeySourceType: { enum: ['HEADER'] },
      BinaryMediaTypes: { type: 'array', items: { type: 'string', pattern: '^[\\w.+*-]+/[\\w.+*-]+$' } },
      DisableExecuteApiEndpoint: { type: 'boolean', enum: [false] },
      EndpointConfiguration: {
        type: 'object',
        additionalProperties: false,
        properties: {
          Types: { type: 'array', maxItems: 1, items: { enum: ['REGIONAL', 'EDGE'] } },
          IpAddressType: { enum: ['ipv4', 'dualstack'] },
        },
      },
      Tags: tagsSchema,
    },
  },
  start: ({ Name: name, BinaryMediaTypes: binaryMediaTypes = [] }, context) => {
    const { gateway } = context.services;
    const apiId = apiGatewayId(context, 10);
    const rootResourceId = apiGatewayId(context, 10, 'root resource');
    gateway.createRestApi(apiId, rootResourceId, { name, binaryMediaTypes });
    return {
      ref: apiId,
      attributes: { RestApiId: apiId, RootResourceId: rootResourceId },
      stop: () => gateway.deleteRestApi(apiId),
    };
  },
};
