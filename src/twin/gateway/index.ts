import { LocalError } from '../../cloudformation/errors.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { Iam } from '../iam/index.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { ServiceCalls } from '../requests/service-calls.ts';
import type { Logs } from '../small-services/logs.ts';
import type { XRay } from '../small-services/xray.ts';
import type { Verifiers } from './authorization/authorize-method.ts';
import type { StageConfiguration } from './configuration.ts';
import { type Deployment, deploy, type ServedMethod } from './deployment.ts';
import type { Gateway } from './gateway.ts';
import { handle } from './handle.ts';
import { type Observer, unobserved } from './observed.ts';
import type { RequestRecord } from './record.ts';
import { createRestApi, type RestApi } from './rest-api.ts';
import { sampler } from './sampler.ts';
import { type HttpServer, listen } from './server.ts';
import { createStage, type Stage } from './stage.ts';
import { accountThrottle } from './throttling/throttle.ts';
import { createTokenBucket } from './throttling/token-bucket.ts';
import { createUsage } from './throttling/usage.ts';

/** Services and settings of the gateway. */
export interface GatewayOptions {
  readonly stack: StackIdentity;
  readonly lambda: Lambda;
  /** Roles with which integrations invoke functions and call DynamoDB. */
  readonly iam: Iam;
  /** Endpoint at which integrations call DynamoDB, and the registry that records their calls. */
  readonly dynamodb: { readonly endpoint: string };
  readonly calls: ServiceCalls;
  readonly logs: Logs;
  readonly xray: Pick<XRay, 'sample'>;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Host names that are accepted in addition to those of the loopback interface. */
  readonly allowedHosts?: readonly string[];
  /** Port of the first API, 0 (the default) for a free one. Other APIs get free ports. */
  readonly port?: number;
  /** Verification of signatures and tokens. */
  readonly verifiers: Verifiers;
  /** Called after every request. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** Receives more details of every request while it observes. */
  readonly observer?: Observer;
  /** Called with every unexpected error: a bug of the twin, for which the client gets a 500. */
  readonly onError?: (error: unknown) => void;
}

/** Creates the API Gateway service, without any API. */
export const createGateway = (options: GatewayOptions): Gateway => {
  const {
    stack,
    lambda,
    iam,
    dynamodb,
    calls,
    logs,
    xray,
    host = '127.0.0.1',
    allowedHosts = [],
    verifiers,
    onRequest = () => {},
    observer = unobserved,
    onError = () => {},
  } = options;
  const usage = createUsage();
  const userPools = new Set<string>();
  const account = createTokenBucket(accountThrottle);
  const apis = new Map<string, Served>();
  let freePort = options.port ?? 0;

  const served = (apiId: string): Served => {
    const api = apis.get(apiId);
    if (api === undefined) {
      throw new LocalError('RESOURCE_FAILED', `RestApiId ${apiId} is not a REST API of this stack. Use !Ref`);
    }
    return api;
  };

  const start = (api: Served): Promise<HttpServer> => {
    const port = freePort;
    freePort = 0;
    const { id: apiId } = api.restApi;
    const baseUrl = (): string => urlOf(api.server) ?? '';
    const settings = { apiId, stack, stages: api.stages, onRequest, observer, baseUrl, onError };
    return listen(
      { host, port, allowedHosts: [nameInUrl(host), ...allowedHosts] },
      (request) => handle(request, settings),
      onError,
    );
  };

  /** Starts the server of an API once. A start that failed, for example because the port is taken, can be retried. */
  const startOnce = (api: Served): Promise<HttpServer> => {
    api.starting ??= start(api).catch((error: unknown) => {
      delete api.starting;
      throw error;
    });
    return api.starting;
  };

  const urlOf = (server: HttpServer | undefined): string | undefined => server && `http://${nameInUrl(host)}:${server.port}`;

  const stageOf = (apiId: string, configuration: StageConfiguration): Stage => {
    const api = served(apiId);
    const deployment = api.deployments.get(configuration.deploymentId);
    if (deployment === undefined) {
      throw new LocalError(
        'RESOURCE_FAILED',
        `DeploymentId ${configuration.deploymentId} is not a deployment of this API. Use !Ref`,
      );
    }
    const sample = sampler(xray, stack, { apiId, apiName: api.restApi.name, stageName: configuration.stageName });
    return createStage(apiId, configuration, deployment, { logs, account, sample });
  };

  const stopApi = async (apiId: string): Promise<void> => {
    const server = apis.get(apiId)?.server;
    if (freePort === 0) freePort = server?.port ?? 0;
    apis.delete(apiId);
    await server?.stop();
  };

  return {
    domainNames: new Set(),
    userPools,
    usage,
    createRestApi: (id, rootResourceId, configuration) => {
      const restApi = createRestApi(id, rootResourceId, configuration);
      apis.set(id, { restApi, deployments: new Map(), stages: new Map() });
    },
    deleteRestApi: stopApi,
    restApi: (apiId) => served(apiId).restApi,
    createDeployment: (apiId, deploymentId) => {
      const { restApi, deployments } = served(apiId);
      const services = { stack, lambda, iam, dynamodb, calls, usage, verifiers, userPools };
      deployments.set(deploymentId, deploy(deploymentId, apiId, restApi.snapshot(), services));
    },
    deleteDeployment: (apiId, deploymentId) => void apis.get(apiId)?.deployments.delete(deploymentId),
    createStage: async (apiId, configuration) => {
      const api = served(apiId);
      const stage = stageOf(apiId, configuration);
      if (api.stages.has(configuration.stageName)) {
        throw new LocalError('RESOURCE_FAILED', `Stage ${configuration.stageName} already exists: choose another StageName`);
      }
      api.server = await startOnce(api);
      api.stages.set(stage.name, stage);
    },
    deployToStage: (apiId, { stageName, deploymentId, hasCanary = false }) => {
      const { stages } = served(apiId);
      const { configuration } = stages.get(stageName) ?? {};
      if (configuration === undefined) return;
      const changed = hasCanary ? { ...configuration, hasCanary } : { ...configuration, deploymentId };
      stages.set(stageName, stageOf(apiId, changed));
    },
    updateStage: (apiId, configuration) =>
      void served(apiId).stages.set(configuration.stageName, stageOf(apiId, configuration)),
    deleteStage: async (apiId, stageName) => {
      const api = apis.get(apiId);
      if (api?.stages.has(stageName) && api.stages.size === 1) {
        const { server } = api;
        delete api.server;
        delete api.starting;
        // An update that replaces the stage serves it on the same port.
        if (freePort === 0) freePort = server?.port ?? 0;
        await server?.stop();
      }
      api?.stages.delete(stageName);
    },
    hasStage: (apiId, stageName) => apis.get(apiId)?.stages.has(stageName) ?? false,
    deploymentOf: (apiId, stageName) => apis.get(apiId)?.stages.get(stageName)?.configuration.deploymentId,
    baseUrl: (apiId) => urlOf(apis.get(apiId)?.server),
    stages: () =>
      [...apis.values()].flatMap(({ restApi, stages, server }) =>
        [...stages.values()].map(({ name, deployment, configuration }) => ({
          name,
          apiName: restApi.name,
          url: `${urlOf(server)}/${name}`,
          methods: deployment.methods,
          remarks: [...differencesOf(configuration), ...deployment.methods.flatMap(faultOf)],
        })),
      ),
    serveWithoutStage: async () => {
      for (const api of apis.values()) {
        if (api.stages.size > 0) continue;
        api.server = await startOnce(api);
      }
    },
    withoutStage: () =>
      [...apis.values()].flatMap(({ restApi: { name }, stages, server }) =>
        stages.size > 0 ? [] : [{ name, url: urlOf(server) ?? '' }],
      ),
    stop: async () => {
      await Promise.all([...apis.keys()].map(stopApi));
    },
  };
};

const differencesOf = ({ hasCache = false, hasCanary = false }: StageConfiguration): string[] => [
  ...(hasCache
    ? ['caching is not simulated: every request reaches its integration; on AWS the response may come from the cache']
    : []),
  ...(hasCanary ? ["the canary release is not simulated: the stage's deployment serves all requests"] : []),
];

const faultOf = ({ httpMethod, resourcePath, fault }: ServedMethod): string[] =>
  fault === undefined ? [] : [`${httpMethod} ${resourcePath} returns 500, as on AWS, since ${fault}`];

/** An IPv6 address has brackets in a URL. */
const nameInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

interface Served {
  readonly restApi: RestApi;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
  /** Set once, even if several stages start at the same time. */
  starting?: Promise<HttpServer>;
  server?: HttpServer;
}
