import { object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly ParentId: string;
  readonly PathPart: string;
};

/** A path of a REST API. */
export const apiGatewayResource: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Resource',
  schema: object(
    {
      RestApiId: string,
      ParentId: string,
      PathPart: string,
    },
    ['RestApiId', 'ParentId', 'PathPart'],
  ),
  start: ({ RestApiId: apiId, ParentId: parentId, PathPart: pathPart }, context) => {
    const restApi = context.services.gateway.restApi(apiId);
    const id = apiGatewayId(context, 6);
    restApi.createResource({ id, parentId, pathPart });
    return { ref: id, attributes: { ResourceId: id }, stop: () => restApi.remove('resources', id) };
  },
};
