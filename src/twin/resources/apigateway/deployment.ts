import { invalidProperty } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { StageConfiguration } from '../../gateway/configuration.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import {
  canaryProperties,
  type MethodSettings,
  methodSettingProperties,
  type StageSettings,
  stageSettingProperties,
  stageSettingsOf,
} from './parts/stage-settings.ts';

type Properties = {
  readonly RestApiId: string;
  readonly StageName?: string;
  readonly StageDescription?: StageSettings & MethodSettings;
  readonly DeploymentCanarySettings?: object;
};

/** A snapshot of a REST API. With a StageName, it creates a stage for the snapshot, or updates the stage of that name. */
export const apiGatewayDeployment: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Deployment',
  schema: object(
    {
      RestApiId: string,
      Description: string,
      StageName: { type: 'string', pattern: '^[\\w-]{1,128}$' },
      StageDescription: object({ ...stageSettingProperties, ...methodSettingProperties }),
      DeploymentCanarySettings: object(canaryProperties),
    },
    ['RestApiId'],
  ),
  check: ({ StageName: stageName, StageDescription: description }) =>
    stageName === undefined && description !== undefined
      ? [invalidProperty('StageDescription', 'requires StageName; add it')]
      : [],
  start: async (properties, context) => {
    const { gateway } = context.services;
    const { RestApiId: apiId, StageName: stageName } = properties;
    const id = apiGatewayId(context, 6);
    gateway.createDeployment(apiId, id);
    const stage = stageName === undefined ? undefined : stageOf(stageName, id, properties);
    const makesStage = stage !== undefined && !gateway.hasStage(apiId, stage.stageName);
    if (makesStage) await gateway.createStage(apiId, stage);
    else if (stage !== undefined) gateway.deployToStage(apiId, stage);
    return {
      ref: id,
      attributes: { DeploymentId: id },
      stop: async () => {
        // A stage that serves a newer deployment remains.
        if (makesStage && gateway.deploymentOf(apiId, stage.stageName) === id)
          await gateway.deleteStage(apiId, stage.stageName);
        gateway.deleteDeployment(apiId, id);
      },
    };
  },
};

const stageOf = (
  stageName: string,
  deploymentId: string,
  { StageDescription: description = {}, DeploymentCanarySettings: canary }: Properties,
): StageConfiguration => {
  const { Variables, TracingEnabled, AccessLogSetting, CacheClusterEnabled, MethodSettings: settings = [] } = description;
  const { CachingEnabled, ThrottlingRateLimit, ThrottlingBurstLimit } = description;
  // Settings of StageDescription itself apply to all methods. A setting of one method takes precedence.
  const all = { ResourcePath: '/*', HttpMethod: '*', CachingEnabled, ThrottlingRateLimit, ThrottlingBurstLimit };
  return {
    ...stageSettingsOf({
      Variables,
      TracingEnabled,
      AccessLogSetting,
      CacheClusterEnabled,
      MethodSettings: [all, ...settings],
    }),
    stageName,
    deploymentId,
    hasCanary: canary !== undefined,
  };
};
