import { list, object, string, words } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly Name: string;
  readonly Type: 'COGNITO_USER_POOLS';
  readonly ProviderARNs: readonly string[];
  readonly IdentitySource: string;
};

/** An authorizer for users of Cognito user pools. Lambda authorizers (TOKEN, REQUEST) are not supported. */
export const apiGatewayAuthorizer: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Authorizer',
  schema: object(
    {
      RestApiId: string,
      Name: { type: 'string', minLength: 1 },
      Type: words(['COGNITO_USER_POOLS'], ['TOKEN', 'REQUEST']),
      AuthType: string,
      ProviderARNs: list(
        { type: 'string', pattern: '^arn:[\\w-]+:cognito-idp:[\\w-]+:\\d{12}:userpool/[\\w-]+$' },
        { minItems: 1 },
      ),
      IdentitySource: { type: 'string', pattern: '^method\\.request\\.header\\.[\\w-]+$' },
      AuthorizerResultTtlInSeconds: { type: 'integer', minimum: 0, maximum: 3600 },
    },
    ['RestApiId', 'Name', 'Type', 'ProviderARNs', 'IdentitySource'],
  ),
  start: (properties, context) => {
    const restApi = context.services.gateway.restApi(properties.RestApiId);
    const id = apiGatewayId(context, 6);
    restApi.createAuthorizer({
      id,
      name: properties.Name,
      type: properties.Type,
      providerArns: properties.ProviderARNs,
      identitySource: properties.IdentitySource,
    });
    return { ref: id, attributes: { AuthorizerId: id }, stop: () => restApi.remove('authorizers', id) };
  },
};
