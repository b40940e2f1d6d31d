import { alwaysFalse, boolean, list, object, string } from '../../cloudformation/shapes.ts';
import type { StageConfiguration } from '../gateway/configuration.ts';
import type { ResourceType } from '../resource.ts';
import { tagsSchema } from './tags.ts';

type Properties = {
  readonly RestApiId: string;
  readonly DeploymentId: string;
  readonly StageName: string;
  readonly Variables?: Readonly<Record<string, string>>;
  readonly TracingEnabled?: boolean;
  readonly AccessLogSetting?: { readonly DestinationArn: string; readonly Format: string };
  readonly MethodSettings?: readonly {
    readonly ResourcePath?: string;
    readonly HttpMethod?: string;
    readonly ThrottlingRateLimit?: number;
    readonly ThrottlingBurstLimit?: number;
  }[];
};

/** Serves a deployment under a name, the first part of every path. */
export const apiGatewayStage: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::Stage',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['RestApiId', 'DeploymentId', 'StageName'],
    properties: {
      RestApiId: string,
      DeploymentId: string,
      StageName: { type: 'string', pattern: '^[\\w-]{1,128}$' },
      Description: string,
      Variables: {
        type: 'object',
        propertyNames: { pattern: '^\\w+$' },
        additionalProperties: { type: 'string', pattern: '^[A-Za-z0-9._~:/?#&=,-]*$' },
      },
      TracingEnabled: boolean,
      AccessLogSetting: object({ DestinationArn: string, Format: string }, ['DestinationArn', 'Format']),
      CacheClusterEnabled: alwaysFalse,
      CacheClusterSize: { enum: ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] },
      DocumentationVersion: string,
      MethodSettings: list(
        object({
          ResourcePath: string,
          HttpMethod: { enum: ['*', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'] },
          LoggingLevel: { enum: ['OFF', 'ERROR', 'INFO'] },
          DataTraceEnabled: boolean,
          MetricsEnabled: boolean,
          // Without a cache cluster, which the twin does not have, these settings have no effect on AWS either.
          CacheDataEncrypted: boolean,
          CacheTtlInSeconds: { type: 'integer', minimum: 0, maximum: 3600 },
          CachingEnabled: boolean,
          ThrottlingRateLimit: { type: 'number', minimum: 0 },
          ThrottlingBurstLimit: { type: 'integer', minimum: 0 },
        }),
      ),
      Tags: tagsSchema,
    },
  },
  start: async (properties, context) => {
    const { gateway } = context.services;
    const { RestApiId: apiId, StageName: stageName } = properties;
    await gateway.createStage(apiId, configurationOf(properties));
    return { ref: stageName, stop: () => gateway.deleteStage(apiId, stageName) };
  },
  update: (properties, context) => context.services.gateway.updateStage(properties.RestApiId, configurationOf(properties)),
  immutable: ['RestApiId', 'StageName'],
};

const configurationOf = (properties: Properties): StageConfiguration => {
  const { StageName: stageName, AccessLogSetting: accessLog } = properties;
  return {
    stageName,
    deploymentId: properties.DeploymentId,
    variables: properties.Variables ?? {},
    tracingEnabled: properties.TracingEnabled ?? false,
    ...(accessLog && { accessLogSetting: { destinationArn: accessLog.DestinationArn, format: accessLog.Format } }),
    methodSettings: (properties.MethodSettings ?? []).map((setting) => ({
      resourcePath: setting.ResourcePath ?? '/*',
      httpMethod: setting.HttpMethod ?? '*',
      ...(setting.ThrottlingRateLimit !== undefined && { throttlingRateLimit: setting.ThrottlingRateLimit }),
      ...(setting.ThrottlingBurstLimit !== undefined && { throttlingBurstLimit: setting.ThrottlingBurstLimit }),
    })),
  };
};
