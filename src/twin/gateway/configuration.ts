/** Configuration of a REST API by its resources, in the terms of the API Gateway control plane. */

export interface RestApiConfiguration {
  readonly name: string;
  readonly binaryMediaTypes: readonly string[];
  /** Smallest body in bytes that is compressed for clients that accept it. Without it, nothing is compressed. */
  readonly minimumCompressionSize?: number;
}

export interface ResourceConfiguration {
  readonly id: string;
  /** Absent for the root resource only. */
  readonly parentId?: string;
  /** `items`, `{id}` or `{proxy+}`; empty for the root resource. */
  readonly pathPart: string;
  /** Resource path from the root, such as `/items/{id}`. */
  readonly path: string;
}

export type AuthorizationType = 'NONE' | 'AWS_IAM' | 'COGNITO_USER_POOLS';

export interface MethodConfiguration {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly authorizationType: AuthorizationType;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  readonly requestValidatorId?: string;
  /** Model names by content type. `$default` applies to every type without an entry. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** `method.request.{header|path|querystring}.NAME` mapped to true if the parameter is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  readonly methodResponses: readonly MethodResponse[];
  readonly integration?: IntegrationConfiguration;
}

export interface MethodResponse {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, boolean>>;
}

export interface IntegrationConfiguration {
  readonly type: string;
  readonly integrationHttpMethod?: string;
  readonly uri?: string;
  /** ARN of the role with which API Gateway invokes the function. */
  readonly credentials?: string;
  /** True if templates get bodies of binary media types as base64 text. */
  readonly convertsToText?: boolean;
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** Mapping expressions by `integration.request.{header|path|querystring}.NAME`. */
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly integrationResponses: readonly IntegrationResponse[];
  readonly timeoutInMillis: number;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  readonly selectionPattern?: string;
  /** Mapping expressions by `method.response.header.NAME`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface ModelConfiguration {
  readonly name: string;
  readonly schema: unknown;
}

export interface RequestValidatorConfiguration {
  readonly id: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface GatewayResponseConfiguration {
  readonly responseType: string;
  readonly statusCode?: string;
  /** Mapping expressions by `gatewayresponse.header.NAME`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface AuthorizerConfiguration {
  readonly id: string;
  readonly name: string;
  readonly type: 'COGNITO_USER_POOLS';
  readonly providerArns: readonly string[];
  readonly identitySource: string;
}

/** Everything that a deployment captures. Later changes of the API do not affect it. */
export interface Snapshot {
  readonly restApi: RestApiConfiguration;
  readonly resources: ReadonlyMap<string, ResourceConfiguration>;
  /** By `methodKey`. */
  readonly methods: ReadonlyMap<string, MethodConfiguration>;
  readonly models: ReadonlyMap<string, ModelConfiguration>;
  readonly requestValidators: ReadonlyMap<string, RequestValidatorConfiguration>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseConfiguration>;
  readonly authorizers: ReadonlyMap<string, AuthorizerConfiguration>;
}

export interface StageConfiguration {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLogSetting?: { readonly destinationArn: string; readonly format: string };
  readonly tracingEnabled: boolean;
  readonly methodSettings: readonly MethodSetting[];
  /** On AWS, a cache cluster returns some responses and a canary receives some requests. The twin does neither. */
  readonly hasCache?: boolean;
  readonly hasCanary?: boolean;
}

/** Settings of the methods that match a path (`/*` for all) and an HTTP method (`*` for all). */
export interface MethodSetting {
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
}

export interface ApiKeyConfiguration {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
}

export interface UsagePlanConfiguration {
  readonly id: string;
  readonly apiStages: readonly {
    readonly apiId: string;
    readonly stage: string;
    /** Throttling of individual methods. */
    readonly methodSettings?: readonly MethodSetting[];
  }[];
  readonly throttle?: { readonly rateLimit?: number; readonly burstLimit?: number };
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH'; readonly offset: number };
}

export const methodKey = (resourceId: string, httpMethod: string): string => `${httpMethod} ${resourceId}`;
