import { generatedName } from '../../../cloudformation/names.ts';
import { boolean, list, map, object, string, strings, words } from '../../../cloudformation/shapes.ts';
import { type AuthorizationType, methodKey } from '../../gateway/configuration.ts';
import { parameterParts } from '../../gateway/validate.ts';
import type { ResourceType } from '../../resource.ts';
import { type Integration, integrationOf, integrationSchema, statusCode } from './integration.ts';

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

const booleans = map(boolean);

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
      ...(properties.Integration && { integration: integrationOf(properties.Integration) }),
    });
    return {
      ref: generatedName(context, 60),
      stop: () => restApi.remove('methods', methodKey(resourceId, httpMethod)),
    };
  },
};
