import { generatedName } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { StageConfiguration } from '../../gateway/configuration.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';
import { canaryProperties, type StageSettings, stageSettingProperties, stageSettingsOf } from './parts/stage-settings.ts';

type Properties = StageSettings & {
  readonly RestApiId: string;
  readonly DeploymentId: string;
  readonly StageName?: string;
  readonly CanarySetting?: object;
};

/**
 * Serves a deployment under a name, the first segment of each path. A stage without StageName has a generated name (as recorded).
 */
export const apiGatewayStage: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Stage',
  schema: object(
    {
      RestApiId: string,
      DeploymentId: string,
      StageName: { type: 'string', pattern: '^[\\w-]{1,128}$' },
      CanarySetting: object({ DeploymentId: string, ...canaryProperties }),
      ...stageSettingProperties,
    },
    ['RestApiId', 'DeploymentId'],
  ),
  start: async (properties, context) => {
    const { gateway } = context.services;
    const { RestApiId: apiId } = properties;
    const configuration = configurationOf(properties, context);
    await gateway.createStage(apiId, configuration);
    return { ref: configuration.stageName, stop: () => gateway.deleteStage(apiId, configuration.stageName) };
  },
  update: (properties, context) =>
    context.services.gateway.updateStage(properties.RestApiId, configurationOf(properties, context)),
  immutable: ['RestApiId', 'StageName'],
};

const configurationOf = (properties: Properties, context: ResourceContext): StageConfiguration => ({
  ...stageSettingsOf(properties),
  stageName: properties.StageName ?? generatedName(context, 128),
  deploymentId: properties.DeploymentId,
  hasCanary: properties.CanarySetting !== undefined,
});
