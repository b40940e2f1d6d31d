import { object, string, strings } from '../../../cloudformation/shapes.ts';
import { builtIn } from '../../gateway/failure.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
};

/** The response that API Gateway itself returns when it rejects a request or an integration fails. */
export const apiGatewayGatewayResponse: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::GatewayResponse',
  schema: object(
    {
      RestApiId: string,
      ResponseType: { enum: Object.keys(builtIn) },
      StatusCode: { type: 'string', pattern: '^[2-5]\\d\\d$' },
      ResponseParameters: strings,
      ResponseTemplates: strings,
    },
    ['RestApiId', 'ResponseType'],
  ),
  start: (properties, context) => {
    const restApi = context.services.gateway.restApi(properties.RestApiId);
    const { ResponseType: responseType, StatusCode: statusCode } = properties;
    const id = apiGatewayId(context, 10);
    restApi.putGatewayResponse({
      responseType,
      ...(statusCode !== undefined && { statusCode }),
      responseParameters: properties.ResponseParameters ?? {},
      responseTemplates: properties.ResponseTemplates ?? {},
    });
    return { ref: id, attributes: { Id: id }, stop: () => restApi.remove('gatewayResponses', responseType) };
  },
};
