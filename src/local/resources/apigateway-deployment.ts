import { object, string } from '../../cloudformation/shapes.ts';
import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';

type Properties = {
  readonly RestApiId: string;
  readonly StageName?: string;
};

/** A snapshot of a REST API. With a StageName it also makes a stage that serves it. */
export const apiGatewayDeployment: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Deployment',
  schema: object(
    {
      RestApiId: string,
      Description: string,
      StageName: { type: 'string', pattern: '^[\\w-]{1,128}$' },
    },
    ['RestApiId'],
  ),
  start: async ({ RestApiId: apiId, StageName: stageName }, context) => {
    const { gateway } = context.services;
    const id = apiGatewayId(context, 6);
    gateway.createDeployment(apiId, id);
    if (stageName !== undefined) {
      await gateway.createStage(apiId, {
        stageName,
        deploymentId: id,
        variables: {},
        tracingEnabled: false,
        methodSettings: [],
      });
    }
    return {
      ref: id,
      attributes: { DeploymentId: id },
      stop: async () => {
        if (stageName !== undefined) {
          await gateway.deleteStage(apiId, stageName);
        }
        gateway.deleteDeployment(apiId, id);
      },
    };
  },
};
