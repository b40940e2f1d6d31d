/** Configuration of a REST API by its resources, in the terms of the API Gateway control plane. */

export interface RestApiConfiguration {
  readonly name: string;
  readonly binaryMediaTypes: readonly string[];
  /** Bytes from which on responses are compressed for clients that want it; never without one. */
  readonly minimumCompressionSize?: number;
}

export interface ResourceConfiguration {
  readonly id: string;
  /** None for the root resource only. */
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
  /** Model names by content type; `$default` stands for every type without an entry. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** `method.request.{header|path|querystring}.NAME`, and whether it is required. */
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
  /** ARN of the role that API Gateway invokes the function with. */
  readonly credentials?: string;
  /** Bodies of binary media types are base64 text in templates. */
  readonly convertsToText?: boolean;
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** `integration.request.{header|path|querystring}.NAME` and the mapping expression of its value. */
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly integrationResponses: readonly IntegrationResponse[];
  readonly timeoutInMillis: number;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  readonly selectionPattern?: string;
  /** `method.response.header.NAME` and the mapping expression of its value. */
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
  /** `gatewayresponse.header.NAME` and the mapping expression of its value. */
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

/** Everything a Deployment captures: later changes do not reach it. */
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
  /** Responses of some methods would come from a cache cluster, and some requests go to another deployment: neither happens here. */
  readonly hasCache?: boolean;
  readonly hasCanary?: boolean;
}

/** Settings of the methods that a path (`/*` for all) and a verb (`*` for all) name. */
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
    /** Throttling of single methods. */
    readonly methodSettings?: readonly MethodSetting[];
  }[];
  readonly throttle?: { readonly rateLimit?: number; readonly burstLimit?: number };
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH'; readonly offset: number };
}

export const methodKey = (resourceId: string, httpMethod: string): string => `${httpMethod} ${resourceId}`;
