import type { InvokeResult } from '../../../src/twin/lambda/lambda.ts';
import { apiGatewayApiKey } from '../../../src/twin/resources/apigateway/api-key.ts';
import { apiGatewayDeployment } from '../../../src/twin/resources/apigateway/deployment.ts';
import { apiGatewayGatewayResponse } from '../../../src/twin/resources/apigateway/gateway-response.ts';
import { apiGatewayMethod } from '../../../src/twin/resources/apigateway/method.ts';
import { apiGatewayModel } from '../../../src/twin/resources/apigateway/model.ts';
import { apiGatewayRequestValidator } from '../../../src/twin/resources/apigateway/request-validator.ts';
import { apiGatewayResource } from '../../../src/twin/resources/apigateway/resource.ts';
import { apiGatewayRestApi } from '../../../src/twin/resources/apigateway/rest-api.ts';
import { apiGatewayStage } from '../../../src/twin/resources/apigateway/stage.ts';
import { apiGatewayUsagePlan } from '../../../src/twin/resources/apigateway/usage-plan.ts';
import { apiGatewayUsagePlanKey } from '../../../src/twin/resources/apigateway/usage-plan-key.ts';
import { createTestStack, type TestStack, uri } from './stack.ts';

/** What a vector configures, in CloudFormation's properties; what every API needs is filled in. */
export interface Api {
  readonly RestApi?: object;
  /** By `GET /things/{id}`: an AWS_PROXY method unless it has an Integration. */
  readonly Methods?: Readonly<Record<string, object>>;
  /** Schemas by name. */
  readonly Models?: Readonly<Record<string, object>>;
  /** Of all methods. */
  readonly RequestValidator?: object;
  /** By response type. */
  readonly GatewayResponses?: Readonly<Record<string, object>>;
  readonly Stage?: object;
  /** Values of keys on a usage plan of the stage. */
  readonly ApiKeys?: readonly string[];
}

export interface ServedVectors {
  readonly port: number;
  /** Runs an exchange while the function ends as given; also says what the function got, and which faults the twin had. */
  during<T>(
    outcome: InvokeResult | 'never',
    run: () => Promise<T>,
  ): Promise<{ event: Record<string, unknown> | undefined; errors: unknown[]; response: T }>;
  stop(): Promise<void>;
}

/** Serves an API as the stage v1, by the resource types that the engine would start. */
export const serveApi = async (api: Api): Promise<ServedVectors> => {
  let current: { outcome: InvokeResult | 'never'; event?: Record<string, unknown> } = { outcome: 'never' };
  const stack = createTestStack((event) => {
    current.event = event;
    return current.outcome === 'never' ? new Promise(() => {}) : current.outcome;
  });
  const base = await deployed(stack, api);
  return {
    port: Number(new URL(base).port),
    during: async (outcome, run) => {
      current = { outcome };
      const mine = current;
      const response = await run();
      return { event: mine.event, errors: stack.errors.splice(0), response };
    },
    stop: () => stack.gateway.stop(),
  };
};

const deployed = async ({ start, gateway }: TestStack, api: Api): Promise<string> => {
  const { ref: RestApiId, attributes } = await start(apiGatewayRestApi, { Name: 'vectors', ...api.RestApi });
  for (const [Name, Schema] of Object.entries(api.Models ?? {})) {
    await start(apiGatewayModel, { RestApiId, Name, ContentType: 'application/json', Schema });
  }
  for (const [ResponseType, properties] of Object.entries(api.GatewayResponses ?? {})) {
    await start(apiGatewayGatewayResponse, { RestApiId, ResponseType, ...properties });
  }
  const validator =
    api.RequestValidator && (await start(apiGatewayRequestValidator, { RestApiId, ...api.RequestValidator }));
  const resources = new Map([['', String(attributes?.RootResourceId)]]);
  for (const [key, properties] of Object.entries(api.Methods ?? { 'ANY /things': {}, 'ANY /things/{id}': {} })) {
    const [HttpMethod, path = '/'] = key.split(' ');
    let parent = '';
    for (const PathPart of path.split('/').filter((part) => part !== '')) {
      const child = `${parent}/${PathPart}`;
      if (!resources.has(child)) {
        const resource = await start(apiGatewayResource, { RestApiId, ParentId: resources.get(parent), PathPart });
        resources.set(child, resource.ref);
      }
      parent = child;
    }
    await start(apiGatewayMethod, {
      RestApiId,
      ResourceId: resources.get(parent),
      HttpMethod,
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
      ...(validator && { RequestValidatorId: validator.ref }),
      ...properties,
    });
  }
  const deployment = await start(apiGatewayDeployment, { RestApiId });
  await start(apiGatewayStage, { RestApiId, DeploymentId: deployment.ref, StageName: 'v1', ...api.Stage });
  if (api.ApiKeys !== undefined) {
    const plan = await start(apiGatewayUsagePlan, { ApiStages: [{ ApiId: RestApiId, Stage: 'v1' }] });
    for (const Value of api.ApiKeys) {
      const key = await start(apiGatewayApiKey, { Value, Enabled: true });
      await start(apiGatewayUsagePlanKey, { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: plan.ref });
    }
  }
  return gateway.baseUrl(RestApiId) ?? '';
};
