import type { RestApiConfiguration, StageConfiguration } from './configuration.ts';
import type { ServedMethod } from './deployment.ts';
import type { RestApi } from './rest-api.ts';
import type { Usage } from './throttling/usage.ts';

/** Amazon API Gateway (REST APIs) in the twin. */
export interface Gateway {
  createRestApi(id: string, rootResourceId: string, configuration: RestApiConfiguration): void;
  /** Deletes an API and stops its server. */
  deleteRestApi(apiId: string): Promise<void>;
  /** Returns the control plane of an API. Throws a LocalError if the API does not exist. */
  restApi(apiId: string): RestApi;
  /** Creates a deployment from the current state of an API. Only stages serve deployments. */
  createDeployment(apiId: string, deploymentId: string): void;
  deleteDeployment(apiId: string, deploymentId: string): void;
  /** Creates a stage, which serves a deployment under a name. The first stage of an API starts its server. */
  createStage(apiId: string, stage: StageConfiguration): Promise<void>;
  /** Replaces the deployment or the settings of a stage. Requests in progress finish with the former ones. */
  updateStage(apiId: string, stage: StageConfiguration): void;
  /** Changes the deployment of a stage and keeps its settings. A canary release gets no requests in the twin. */
  deployToStage(apiId: string, release: Pick<StageConfiguration, 'stageName' | 'deploymentId' | 'hasCanary'>): void;
  /** Deletes a stage. After the last stage of an API, stops its server when the requests in progress have finished. */
  deleteStage(apiId: string, stageName: string): Promise<void>;
  hasStage(apiId: string, stageName: string): boolean;
  /** Returns the id of the deployment that a stage serves. */
  deploymentOf(apiId: string, stageName: string): string | undefined;
  /** Custom domain names. The twin does not resolve them. */
  readonly domainNames: Set<string>;
  /** ARNs of the Cognito user pools of the stack. They issue no tokens in the twin. */
  readonly userPools: Set<string>;
  /** API keys and usage plans. */
  readonly usage: Usage;
  /**
   * Returns `http://127.0.0.1:PORT`, which replaces `https://{apiId}.execute-api.{region}.{urlSuffix}`; undefined without a
   * server.
   */
  baseUrl(apiId: string): string | undefined;
  /** Returns the stages that are served. */
  stages(): readonly ServedStage[];
  /** Starts the servers of APIs without a stage, which reject every request. */
  serveWithoutStage(): Promise<void>;
  /** Returns the names and URLs of the APIs without a stage. */
  withoutStage(): readonly { readonly name: string; readonly url: string }[];
  /** Stops every API when the requests in progress have finished. */
  stop(): Promise<void>;
}

/** Description of a stage for its users. */
export interface ServedStage {
  readonly name: string;
  readonly apiName: string;
  /** URL of the stage, stage name included. */
  readonly url: string;
  readonly methods: readonly ServedMethod[];
  /** Differences from AWS, and methods whose requests all fail; one sentence each. */
  readonly remarks: readonly string[];
}
