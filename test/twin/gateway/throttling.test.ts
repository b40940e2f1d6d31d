import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyIam } from '../../../src/twin/gateway/authorization/verify-iam.ts';
import { createCredentialStore } from '../../../src/twin/iam/credentials.ts';
import { user } from '../../../src/twin/iam/identity.ts';
import { apiGatewayApiKey } from '../../../src/twin/resources/apigateway/api-key.ts';
import { apiGatewayGatewayResponse } from '../../../src/twin/resources/apigateway/gateway-response.ts';
import { apiGatewayRequestValidator } from '../../../src/twin/resources/apigateway/request-validator.ts';
import { apiGatewayUsagePlan } from '../../../src/twin/resources/apigateway/usage-plan.ts';
import { apiGatewayUsagePlanKey } from '../../../src/twin/resources/apigateway/usage-plan-key.ts';
import { signedFetch } from './signer.ts';
import { createTestStack, type TestStack } from './stack.ts';
import { stack } from './support.ts';

const tests: TestStack[] = [];
const testStack = (...given: Parameters<typeof createTestStack>): TestStack => {
  const test = createTestStack(...given);
  tests.push(test);
  return test;
};
afterEach(() => Promise.all(tests.splice(0).map(({ gateway }) => gateway.stop())));
afterEach(() => void vi.useRealTimers());

const once = { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 };
const statuses = async (urls: readonly string[], init: RequestInit = {}): Promise<number[]> => {
  const found: number[] = [];
  for (const url of urls) found.push((await fetch(url, init)).status);
  return found;
};

/** An API whose methods want a key, and a plan with one key of these settings. */
const serveWithPlan = async (
  plan: object,
  method: object = {},
): Promise<{ url: string; headers: Record<string, string> }> => {
  const { serve, start, gateway } = testStack();
  let apiId = '';
  const base = await serve({ ApiKeyRequired: true, ...method }, async (id) => {
    apiId = id;
  });
  const key = await start(apiGatewayApiKey, { Enabled: true });
  const { ofStage = {}, ...ofPlan } = plan as { ofStage?: object };
  const ApiStages = [{ ApiId: apiId, Stage: 'v1', ...ofStage }];
  const { ref } = await start(apiGatewayUsagePlan, { ApiStages, ...ofPlan });
  await start(apiGatewayUsagePlanKey, { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: ref });
  return {
    url: `${base}/v1/things`,
    headers: { 'x-api-key': gateway.usage.apiKeys().find(({ id }) => id === key.ref)?.value ?? '' },
  };
};

describe('the throttling of a stage', () => {
  it('answers as API Gateway does', async () => {
    const base = await testStack().serve({}, undefined, { MethodSettings: [once] });
    expect((await fetch(`${base}/v1/things`)).status).toBe(200);
    const response = await fetch(`${base}/v1/things`);
    expect(response.status).toBe(429);
    expect(response.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(await response.text()).toBe('{"message":"Too Many Requests"}');
  });

  it('has a gateway response of its own', async () => {
    const { serve, start } = testStack();
    const base = await serve(
      {},
      async (RestApiId) => {
        await start(apiGatewayGatewayResponse, { RestApiId, ResponseType: 'THROTTLED', StatusCode: '503' });
      },
      { MethodSettings: [once] },
    );
    expect(await statuses([`${base}/v1/things`, `${base}/v1/things`])).toEqual([200, 503]);
  });

  it('is that of each method, whatever the parameters in its path', async () => {
    const base = await testStack().serve({}, undefined, { MethodSettings: [once] });
    const paths = ['', '', '/a', '/b'].map((path) => `${base}/v1/things${path}`);
    expect(await statuses(paths)).toEqual([200, 429, 200, 429]);
    expect((await fetch(`${base}/v1/things`, { method: 'POST', body: '{}' })).status).toBe(200);
  });

  it('is the most specific', async () => {
    const MethodSettings = [
      { ResourcePath: '/~1things~1{id}', HttpMethod: 'GET', ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 },
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 },
    ];
    const base = await testStack().serve({}, undefined, { MethodSettings });
    expect(await statuses([`${base}/v1/things`, `${base}/v1/things/a`])).toEqual([200, 429]);
  });

  it('comes before validation, and after authorization', async () => {
    const store = createCredentialStore();
    const policy = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } as const;
    const credentials = store.issueLongTerm(user(stack, 'local', policy));
    const { serve, start } = testStack(undefined, { verifiers: { iam: verifyIam(stack, store) } });
    const base = await serve(
      { AuthorizationType: 'AWS_IAM', RequestParameters: { 'method.request.querystring.q': true } },
      async (RestApiId) => {
        const properties = { RestApiId, ValidateRequestParameters: true };
        return { RequestValidatorId: (await start(apiGatewayRequestValidator, properties)).ref };
      },
      { MethodSettings: [once] },
    );
    const url = `${base}/v1/things`;
    expect(await statuses([url, url])).toEqual([403, 403]);
    expect((await signedFetch(url, { credentials })).status).toBe(400);
    expect((await signedFetch(url, { credentials })).status).toBe(429);
    expect((await fetch(url)).status).toBe(403);
  });
});

describe('the throttling of a usage plan', () => {
  const Throttle = { RateLimit: 0.001, BurstLimit: 2 };

  it('is that of a key, over all methods', async () => {
    const { url, headers } = await serveWithPlan({ Throttle });
    expect(await statuses([url, `${url}/a`, url], { headers })).toEqual([200, 200, 429]);
    expect(await statuses([url])).toEqual([403]);
  });

  it('may be that of a method', async () => {
    const ofStage = { Throttle: { '/things/{id}/GET': { RateLimit: 0, BurstLimit: 0 } } };
    const { url, headers } = await serveWithPlan({ Throttle, ofStage });
    expect(await statuses([`${url}/a`, url, url, url], { headers })).toEqual([429, 200, 200, 429]);
  });

  it('counts for methods only that want a key', async () => {
    const { url, headers } = await serveWithPlan({ Throttle }, { ApiKeyRequired: false });
    expect(await statuses([url, url, url], { headers })).toEqual([200, 200, 200]);
  });
});

describe('the quota of a usage plan', () => {
  it('answers as API Gateway does', async () => {
    // No month begins between two of these requests.
    vi.useFakeTimers({ toFake: ['Date'] });
    const { url, headers } = await serveWithPlan({ Quota: { Limit: 2, Period: 'MONTH' } });
    expect(await statuses([url, `${url}/a`], { headers })).toEqual([200, 200]);
    const response = await fetch(url, { headers });
    expect(response.status).toBe(429);
    expect(response.headers.get('x-amzn-errortype')).toBe('LimitExceededException');
    expect(await response.text()).toBe('{"message":"Limit Exceeded"}');
  });

  it('is not used up by requests that are throttled', async () => {
    const Throttle = { RateLimit: 0, BurstLimit: 0 };
    const { url, headers } = await serveWithPlan({ Throttle, Quota: { Limit: 0, Period: 'DAY' } });
    expect(await (await fetch(url, { headers })).json()).toEqual({ message: 'Too Many Requests' });
  });

  it('rejects an offset that no period has', async () => {
    await expect(serveWithPlan({ Quota: { Limit: 2, Period: 'WEEK', Offset: 7 } })).rejects.toMatchObject({
      code: 'INVALID_PROPERTY',
      message: 'property Quota.Offset is the day on which a WEEK begins: it must be 6 or less, not 7',
    });
  });
});
