import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import type { JsonObject } from '../../../cloudformation/json.ts';
import { alwaysFalse, boolean, list, object, string, words } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';
import { importOpenApi, readApiSettings } from './openapi/import.ts';
import { type TlsSettings, tlsFaults, tlsProperties } from './parts/security-policy.ts';

type Properties = TlsSettings & {
  readonly Name?: string;
  readonly Body?: JsonObject;
  readonly BinaryMediaTypes?: readonly string[];
  readonly MinimumCompressionSize?: number;
};

/** A REST API, including the content of an OpenAPI document in its Body. Its server starts with its first stage. */
export const apiGatewayRestApi: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::RestApi',
  schema: object({
    Name: { type: 'string', minLength: 1 },
    Description: string,
    ApiKeySourceType: words(['HEADER'], ['AUTHORIZER']),
    BinaryMediaTypes: list({ type: 'string', pattern: '^[\\w.+*-]+/[\\w.+*-]+$' }),
    Body: { type: 'object' },
    MinimumCompressionSize: { type: 'integer', minimum: 0, maximum: 10_485_760 },
    Mode: { enum: ['overwrite', 'merge'] },
    Parameters: object({ basepath: words(['ignore'], ['prepend', 'split']) }),
    DisableExecuteApiEndpoint: alwaysFalse,
    EndpointConfiguration: object({
      Types: list(words(['REGIONAL', 'EDGE'], ['PRIVATE']), { maxItems: 1 }),
      IpAddressType: { enum: ['ipv4', 'dualstack'] },
    }),
    FailOnWarnings: boolean,
    // An empty string is no policy.
    Policy: { type: ['string', 'object'], supported: [''] },
    Tags: tagsSchema,
    ...tlsProperties,
  }),
  // By default, an API is edge-optimized, and its policy is TLS_1_0.
  check: (properties) => [...nameFaults(properties), ...tlsFaults(properties, { policy: 'TLS_1_0', endpointType: 'EDGE' })],
  start: async (properties, context) => {
    const { gateway } = context.services;
    const { Body: body } = properties;
    const apiId = apiGatewayId(context, 10);
    const rootResourceId = apiGatewayId(context, 10, 'root resource');
    const imported = body === undefined ? {} : readApiSettings(body);
    const { Name: name = imported.name ?? '' } = properties;
    const size = properties.MinimumCompressionSize ?? imported.minimumCompressionSize;
    const binaryMediaTypes = [...(properties.BinaryMediaTypes ?? []), ...(imported.binaryMediaTypes ?? [])];
    gateway.createRestApi(apiId, rootResourceId, {
      name,
      binaryMediaTypes,
      ...(size !== undefined && { minimumCompressionSize: size }),
    });
    const idOf = (part: string): string => apiGatewayId(context, 6, part);
    try {
      if (body !== undefined) importOpenApi(body, { restApi: gateway.restApi(apiId), apiId, idOf });
    } catch (error) {
      await gateway.deleteRestApi(apiId);
      throw error;
    }
    return {
      ref: apiId,
      attributes: { RestApiId: apiId, RootResourceId: rootResourceId },
      stop: () => gateway.deleteRestApi(apiId),
    };
  },
};

/** "A name is required if the REST API is not based on an OpenAPI specification." */
const nameFaults = ({ Name: name, Body: body }: Properties): LocalError[] =>
  name === undefined && body === undefined ? [invalidProperty('Name', 'is missing; add it, or a Body')] : [];
