import { generatedName } from '../../cloudformation/names.ts';
import { unsupportedProperty } from '../../cloudformation/properties.ts';
import type { Schema } from '../../cloudformation/schema.ts';
import { boolean, list, map, object, string, strings, words } from '../../cloudformation/shapes.ts';
import { type AuthorizationType, type IntegrationConfiguration, methodKey } from '../gateway/configuration.ts';
import { parameterParts } from '../gateway/validate.ts';
import type { ResourceType } from '../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
  readonly AuthorizationType?: AuthorizationType;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: readonly string[];
  readonly ApiKeyRequired?: boolean;
  readonly OperationName?: string;
  readonly RequestValidatorId?: string;
  readonly RequestModels?: Readonly<Record<string, string>>;
  readonly RequestParameters?: Readonly<Record<string, boolean>>;
  readonly MethodResponses?: readonly {
    readonly StatusCode: string;
    readonly ResponseParameters?: Readonly<Record<string, boolean>>;
  }[];
  readonly Integration?: Integration;
};

type Integration = {
  readonly Type: 'AWS_PROXY' | 'MOCK';
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: string;
  readonly Credentials?: string;
  readonly PassthroughBehavior?: IntegrationConfiguration['passthroughBehavior'];
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly TimeoutInMillis?: number;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string;
    readonly SelectionPattern?: string;
    readonly ResponseParameters?: Readonly<Record<string, string>>;
    readonly ResponseTemplates?: Readonly<Record<string, string>>;
  }[];
};

const booleans = map(boolean);
const statusCode: Schema = { type: 'string', pattern: '^[1-5]\\d\\d$' };

const integrationSchema = object(
  {
    Type: words(['AWS_PROXY', 'MOCK'], ['AWS', 'HTTP', 'HTTP_PROXY']),
    ConnectionType: words(['INTERNET'], ['VPC_LINK']),
    IntegrationHttpMethod: { enum: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'] },
    Uri: string,
    Credentials: { type: 'string', pattern: '^arn:[\\w-]+:iam::(\\d{12}:role/.+|\\*:user/\\*)$' },
    CacheKeyParameters: list(string),
    CacheNamespace: string,
    PassthroughBehavior: { enum: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] },
    RequestTemplates: strings,
    TimeoutInMillis: { type: 'integer', minimum: 50, maximum: 29000 },
    IntegrationResponses: list(
      object(
        {
          StatusCode: statusCode,
          SelectionPattern: string,
          ResponseParameters: strings,
          ResponseTemplates: strings,
        },
        ['StatusCode'],
      ),
    ),
  },
  ['Type'],
);

/** A method of a resource, with its integration. */
export const apiGatewayMethod: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Method',
  schema: object(
    {
      RestApiId: string,
      ResourceId: string,
      HttpMethod: { enum: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'] },
      AuthorizationType: words(['NONE', 'AWS_IAM', 'COGNITO_USER_POOLS'], ['CUSTOM']),
      AuthorizerId: string,
      AuthorizationScopes: list(string),
      ApiKeyRequired: boolean,
      OperationName: string,
      RequestValidatorId: string,
      RequestModels: strings,
      RequestParameters: booleans,
      MethodResponses: list(
        object({ StatusCode: statusCode, ResponseModels: strings, ResponseParameters: booleans }, ['StatusCode']),
      ),
      Integration: integrationSchema,
    },
    ['RestApiId', 'ResourceId', 'HttpMethod'],
  ),
  start: (properties, context) => {
    const restApi = context.services.gateway.restApi(properties.RestApiId);
    const { ResourceId: resourceId, HttpMethod: httpMethod, RequestParameters: requestParameters = {} } = properties;
    Object.keys(requestParameters).forEach(parameterParts);
    restApi.putMethod({
      resourceId,
      httpMethod,
      authorizationType: properties.AuthorizationType ?? 'NONE',
      ...(properties.AuthorizerId !== undefined && { authorizerId: properties.AuthorizerId }),
      ...(properties.AuthorizationScopes && { authorizationScopes: properties.AuthorizationScopes }),
      apiKeyRequired: properties.ApiKeyRequired ?? false,
      ...(properties.OperationName !== undefined && { operationName: properties.OperationName }),
      ...(properties.RequestValidatorId !== undefined && { requestValidatorId: properties.RequestValidatorId }),
      requestModels: properties.RequestModels ?? {},
      requestParameters,
      methodResponses: (properties.MethodResponses ?? []).map((response) => ({
        statusCode: response.StatusCode,
        responseParameters: response.ResponseParameters ?? {},
      })),
      ...(properties.Integration && { integration: integration(properties.Integration) }),
    });
    return {
      ref: generatedName(context, 60),
      stop: () => restApi.remove('methods', methodKey(resourceId, httpMethod)),
    };
  },
};

const integration = (properties: Integration): IntegrationConfiguration => {
  const { Credentials: credentials } = properties;
  if (credentials?.endsWith(':user/*')) {
    const message = `is ${credentials}, the caller's own identity, with which the local twin invokes no function; name a role`;
    throw unsupportedProperty('Integration.Credentials', message);
  }
  return {
    type: properties.Type,
    ...(credentials !== undefined && { credentials }),
    ...(properties.IntegrationHttpMethod !== undefined && { integrationHttpMethod: properties.IntegrationHttpMethod }),
    ...(properties.Uri !== undefined && { uri: properties.Uri }),
    passthroughBehavior: properties.PassthroughBehavior ?? 'WHEN_NO_MATCH',
    requestTemplates: properties.RequestTemplates ?? {},
    timeoutInMillis: properties.TimeoutInMillis ?? 29000,
    integrationResponses: (properties.IntegrationResponses ?? []).map((response) => ({
      statusCode: response.StatusCode,
      ...(response.SelectionPattern !== undefined && { selectionPattern: response.SelectionPattern }),
      responseParameters: response.ResponseParameters ?? {},
      responseTemplates: response.ResponseTemplates ?? {},
    })),
  };
};
