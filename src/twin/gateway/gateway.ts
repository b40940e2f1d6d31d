import type { RestApiConfiguration, StageConfiguration } from './configuration.ts';
import type { ServedMethod } from './deployment.ts';
import type { RestApi } from './rest-api.ts';
import type { Usage } from './throttling/usage.ts';

/** Amazon API Gateway (REST APIs) in the twin. */
export interface Gateway {
  createRestApi(id: string, rootResourceId: string, configuration: RestApiConfiguration): void;
  /** Ends an API and its server. */
  deleteRestApi(apiId: string): Promise<void>;
  /** The control plane of an API; a LocalError if there is none. */
  restApi(apiId: string): RestApi;
  /** Captures an API as it is now. Only stages serve deployments. */
  createDeployment(apiId: string, deploymentId: string): void;
  deleteDeployment(apiId: string, deploymentId: string): void;
  /** Serves a deployment under a name. The first stage of an API starts its server. */
  createStage(apiId: string, stage: StageConfiguration): Promise<void>;
  /** Serves another deployment, or with other settings, under the name of a stage. Requests under way finish as they began. */
  updateStage(apiId: string, stage: StageConfiguration): void;
  /** Lets a stage serve another deployment with the settings that it has. A canary release serves none here. */
  deployToStage(apiId: string, release: Pick<StageConfiguration, 'stageName' | 'deploymentId' | 'hasCanary'>): void;
  /** Ends a stage. With the last one of an API ends its server, after the requests that are under way. */
  deleteStage(apiId: string, stageName: string): Promise<void>;
  hasStage(apiId: string, stageName: string): boolean;
  /** The deployment that a stage serves. */
  deploymentOf(apiId: string, stageName: string): string | undefined;
  /** Custom domain names, which nothing resolves here. */
  readonly domainNames: Set<string>;
  /** ARNs of the Cognito user pools of the stack, which issue no tokens here. */
  readonly userPools: Set<string>;
  /** API keys and usage plans. */
  readonly usage: Usage;
  /** `http://127.0.0.1:PORT`, what stands for `https://{apiId}.execute-api.{region}.{urlSuffix}`; undefined without a stage. */
  baseUrl(apiId: string): string | undefined;
  /** The stages that are served. */
  stages(): readonly ServedStage[];
  /** Starts the servers of APIs without a stage, which deny every request. */
  serveWithoutStage(): Promise<void>;
  /** Names of the APIs without a stage, and where they are served. */
  withoutStage(): readonly { readonly name: string; readonly url: string }[];
  /** Ends every API, after the requests that are under way. */
  stop(): Promise<void>;
}

/** A stage as its callers see it. */
export interface ServedStage {
  readonly name: string;
  readonly apiName: string;
  /** URL under which it is served, stage included. */
  readonly url: string;
  readonly methods: readonly ServedMethod[];
  /** Effects that it would have on AWS and does not have here, and methods that fail at every request; a sentence each. */
  readonly remarks: readonly string[];
}
