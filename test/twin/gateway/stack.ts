import { afterEach } from 'vitest';
import { checkProperties } from '../../../src/cloudformation/properties.ts';
import { verifyCognito } from '../../../src/twin/gateway/authorization/verify-cognito.ts';
import { verifyIam } from '../../../src/twin/gateway/authorization/verify-iam.ts';
import type { Gateway } from '../../../src/twin/gateway/gateway.ts';
import { createGateway, type GatewayOptions } from '../../../src/twin/gateway/index.ts';
import type { RequestRecord } from '../../../src/twin/gateway/record.ts';
import { createCredentialStore } from '../../../src/twin/iam/credentials.ts';
import { createIam } from '../../../src/twin/iam/index.ts';
import { wallClock } from '../../../src/twin/lambda/function.ts';
import type { Caller, InvokeResult, Lambda } from '../../../src/twin/lambda/lambda.ts';
import type { Resource, ResourceType, Services } from '../../../src/twin/resource.ts';
import { apiGatewayDeployment } from '../../../src/twin/resources/apigateway/deployment.ts';
import { apiGatewayMethod } from '../../../src/twin/resources/apigateway/method.ts';
import { apiGatewayResource } from '../../../src/twin/resources/apigateway/resource.ts';
import { apiGatewayRestApi } from '../../../src/twin/resources/apigateway/rest-api.ts';
import { apiGatewayStage } from '../../../src/twin/resources/apigateway/stage.ts';
import { createLogs, type LogEvent } from '../../../src/twin/small-services/logs.ts';
import { createWaf } from '../../../src/twin/small-services/waf.ts';
import { createXRay } from '../../../src/twin/small-services/xray.ts';
import { stack } from './support.ts';

export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:hello';
export const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** What a test function is called with, and what the Invoke API answers. */
export type Invoke = (event: Record<string, unknown>, caller: Caller) => InvokeResult | Promise<InvokeResult>;

/** A gateway whose resources a test starts one by one, as the engine would. */
export interface TestStack {
  readonly gateway: Gateway;
  readonly logs: LogEvent[];
  readonly requests: RequestRecord[];
  readonly errors: unknown[];
  start(type: ResourceType<never>, properties: object, logicalId?: string): Promise<Resource>;
  /** An API with methods at /things and /things/{id}, deployed and staged as v1; returns its base URL. */
  serve(method?: object, before?: (apiId: string) => Promise<unknown>, stage?: object): Promise<string>;
}

/** A proxy function's output. */
export const output = (value: unknown): InvokeResult => ({ kind: 'payload', payload: JSON.stringify(value) });

export const createTestStack = (
  invoke: Invoke = () => output({ statusCode: 200 }),
  options: Partial<GatewayOptions> = {},
): TestStack => {
  const logs: LogEvent[] = [];
  const requests: RequestRecord[] = [];
  const errors: unknown[] = [];
  // Lambda as the gateway sees it. Everything else would be a fault.
  const lambda = {
    invoke: async (_arn: string, payload: string, caller: Caller) => invoke(JSON.parse(payload), caller),
    startTimer: (_function, milliseconds, action) => wallClock.startTimer(milliseconds, action),
  } as Partial<Lambda> as Lambda;
  const gateway = createGateway({
    dynamodb: { endpoint: 'http://127.0.0.1:9' },
    calls: new Map(),
    stack,
    lambda,
    iam: createIam(),
    logs: createLogs((event) => logs.push(event)),
    xray: createXRay(),
    onRequest: (record) => requests.push(record),
    onError: (error) => errors.push(error),
    // Nobody has credentials or keys unless a test gives some.
    verifiers: {
      iam: verifyIam(stack, createCredentialStore()),
      cognito: verifyCognito({ find: async () => undefined }),
    },
    ...options,
  });
  const waf = createWaf();
  const start: TestStack['start'] = async (type, properties, logicalId = `${type.type}${++count}`) => {
    const copy = structuredClone(properties) as never;
    checkProperties(logicalId, type as unknown as ResourceType, copy);
    return type.start(copy, { logicalId, stack, services: { gateway, waf } as Partial<Services> as Services });
  };
  const serve: TestStack['serve'] = async (method = {}, before = async () => {}, stage = {}) => {
    const api = await start(apiGatewayRestApi, { Name: 'things', BinaryMediaTypes: ['image/png'] });
    const things = await start(apiGatewayResource, {
      RestApiId: api.ref,
      ParentId: api.attributes?.RootResourceId,
      PathPart: 'things',
    });
    const thing = await start(apiGatewayResource, { RestApiId: api.ref, ParentId: things.ref, PathPart: '{id}' });
    const extra = await before(api.ref);
    for (const ResourceId of [things.ref, thing.ref]) {
      for (const HttpMethod of ['GET', 'POST']) {
        const Integration = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri };
        const properties = { RestApiId: api.ref, ResourceId, HttpMethod, AuthorizationType: 'NONE', Integration };
        await start(apiGatewayMethod, { ...properties, ...method, ...(extra as object | undefined) });
      }
    }
    const deployment = await start(apiGatewayDeployment, { RestApiId: api.ref });
    await start(apiGatewayStage, { RestApiId: api.ref, DeploymentId: deployment.ref, StageName: 'v1', ...stage });
    return gateway.baseUrl(api.ref) ?? '';
  };
  return { gateway, logs, requests, errors, start, serve };
};

let count = 0;

/** Returns `createTestStack` for one file of tests. After each test it stops the gateways that the test has created. */
export const testStacks = (): typeof createTestStack => {
  const stacks: TestStack[] = [];
  afterEach(async () => {
    await Promise.all(stacks.splice(0).map(({ gateway }) => gateway.stop()));
  });
  return (...parameters) => {
    const created = createTestStack(...parameters);
    stacks.push(created);
    return created;
  };
};
