import type { Schema } from '../../../../cloudformation/schema.ts';
import { boolean, list, object, string, strings } from '../../../../cloudformation/shapes.ts';
import type { MethodSetting, StageConfiguration } from '../../../gateway/configuration.ts';
import { tagsSchema } from '../../parts/tags.ts';

/** The settings of a stage, in its own resource or in the StageDescription of a deployment. */
export interface StageSettings {
  readonly Variables?: Readonly<Record<string, string>> | undefined;
  readonly TracingEnabled?: boolean | undefined;
  readonly AccessLogSetting?: { readonly DestinationArn: string; readonly Format: string } | undefined;
  readonly CacheClusterEnabled?: boolean | undefined;
  readonly MethodSettings?: readonly MethodSettings[] | undefined;
}

/** The settings of some methods of a stage. */
export interface MethodSettings {
  readonly ResourcePath?: string;
  readonly HttpMethod?: string;
  readonly CachingEnabled?: boolean | undefined;
  readonly ThrottlingRateLimit?: number | undefined;
  readonly ThrottlingBurstLimit?: number | undefined;
}

/** Schemas of the settings of methods. */
export const methodSettingProperties: Readonly<Record<string, Schema>> = {
  LoggingLevel: { enum: ['OFF', 'ERROR', 'INFO'] },
  DataTraceEnabled: boolean,
  MetricsEnabled: boolean,
  CacheDataEncrypted: boolean,
  CacheTtlInSeconds: { type: 'integer', minimum: 0, maximum: 3600 },
  CachingEnabled: boolean,
  ThrottlingRateLimit: { type: 'number', minimum: 0 },
  ThrottlingBurstLimit: { type: 'integer', minimum: 0 },
};

const variables: Schema = {
  type: 'object',
  propertyNames: { pattern: '^\\w+$' },
  additionalProperties: { type: 'string', pattern: '^[A-Za-z0-9._~:/?#&=,-]*$' },
};

/** Schemas of the settings of a stage. */
export const stageSettingProperties: Readonly<Record<string, Schema>> = {
  AccessLogSetting: object({ DestinationArn: string, Format: string }, ['DestinationArn', 'Format']),
  CacheClusterEnabled: boolean,
  CacheClusterSize: { enum: ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] },
  Description: string,
  DocumentationVersion: string,
  MethodSettings: list(
    object({
      ResourcePath: string,
      HttpMethod: { enum: ['*', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'] },
      ...methodSettingProperties,
    }),
  ),
  Tags: tagsSchema,
  TracingEnabled: boolean,
  Variables: variables,
};

/** Schemas of a canary release that two resource types share. */
export const canaryProperties: Readonly<Record<string, Schema>> = {
  PercentTraffic: { type: 'number', minimum: 0, maximum: 100 },
  StageVariableOverrides: strings,
  UseStageCache: boolean,
};

/** Returns the configuration of a stage from its settings. */
export const stageSettingsOf = (settings: StageSettings): Omit<StageConfiguration, 'stageName' | 'deploymentId'> => {
  const { AccessLogSetting: accessLog, MethodSettings: methodSettings = [] } = settings;
  return {
    variables: settings.Variables ?? {},
    tracingEnabled: settings.TracingEnabled ?? false,
    ...(accessLog && { accessLogSetting: { destinationArn: accessLog.DestinationArn, format: accessLog.Format } }),
    methodSettings: methodSettings.map(methodSettingOf),
    hasCache:
      settings.CacheClusterEnabled === true && methodSettings.some(({ CachingEnabled: isCached }) => isCached === true),
  };
};

const methodSettingOf = (setting: MethodSettings): MethodSetting => ({
  resourcePath: setting.ResourcePath ?? '/*',
  httpMethod: setting.HttpMethod ?? '*',
  ...(setting.ThrottlingRateLimit !== undefined && { throttlingRateLimit: setting.ThrottlingRateLimit }),
  ...(setting.ThrottlingBurstLimit !== undefined && { throttlingBurstLimit: setting.ThrottlingBurstLimit }),
});
