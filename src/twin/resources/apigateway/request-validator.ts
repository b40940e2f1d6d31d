import { boolean, object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly ValidateRequestBody?: boolean;
  readonly ValidateRequestParameters?: boolean;
};

/** Selects the parts of a request that are validated against the declarations of its method. */
export const apiGatewayRequestValidator: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::RequestValidator',
  schema: object(
    {
      RestApiId: string,
      Name: string,
      ValidateRequestBody: boolean,
      ValidateRequestParameters: boolean,
    },
    ['RestApiId'],
  ),
  start: (properties, context) => {
    const restApi = context.services.gateway.restApi(properties.RestApiId);
    const id = apiGatewayId(context, 6);
    restApi.createRequestValidator({
      id,
      validateRequestBody: properties.ValidateRequestBody ?? false,
      validateRequestParameters: properties.ValidateRequestParameters ?? false,
    });
    return { ref: id, attributes: { RequestValidatorId: id }, stop: () => restApi.remove('requestValidators', id) };
  },
};
