import { alwaysFalse, boolean, list, object, string, words } from '../../cloudformation/shapes.ts';
import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';
import { type TlsSettings, tlsFaults, tlsProperties } from './apigateway-security-policy.ts';
import { tagsSchema } from './tags.ts';

type Properties = TlsSettings & {
  readonly Name: string;
  readonly BinaryMediaTypes?: readonly string[];
  readonly MinimumCompressionSize?: number;
};

/** A REST API. Its server starts with its first stage. */
export const apiGatewayRestApi: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::RestApi',
  schema: object(
    {
      Name: { type: 'string', minLength: 1 },
      Description: string,
      ApiKeySourceType: words(['HEADER'], ['AUTHORIZER']),
      BinaryMediaTypes: list({ type: 'string', pattern: '^[\\w.+*-]+/[\\w.+*-]+$' }),
      MinimumCompressionSize: { type: 'integer', minimum: 0, maximum: 10_485_760 },
      DisableExecuteApiEndpoint: alwaysFalse,
      EndpointConfiguration: object({
        Types: list(words(['REGIONAL', 'EDGE'], ['PRIVATE']), { maxItems: 1 }),
        IpAddressType: { enum: ['ipv4', 'dualstack'] },
      }),
      FailOnWarnings: boolean,
      // An empty text is no policy.
      Policy: { type: ['string', 'object'], supported: [''] },
      Tags: tagsSchema,
      ...tlsProperties,
    },
    ['Name'],
  ),
  // An API is edge-optimized unless told otherwise, and its policy is TLS_1_0.
  check: (properties) => tlsFaults(properties, { policy: 'TLS_1_0', endpointType: 'EDGE' }),
  start: ({ Name: name, BinaryMediaTypes: binaryMediaTypes = [], MinimumCompressionSize: size }, context) => {
    const { gateway } = context.services;
    const apiId = apiGatewayId(context, 10);
    const rootResourceId = apiGatewayId(context, 10, 'root resource');
    gateway.createRestApi(apiId, rootResourceId, {
      name,
      binaryMediaTypes,
      ...(size !== undefined && { minimumCompressionSize: size }),
    });
    return {
      ref: apiId,
      attributes: { RestApiId: apiId, RootResourceId: rootResourceId },
      stop: () => gateway.deleteRestApi(apiId),
    };
  },
};
