// One file: the tests share an API, to which each adds resources.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalError } from '../../../src/cloudformation/errors.ts';
import type { Resource } from '../../../src/twin/resource.ts';
import { apiGatewayAccount } from '../../../src/twin/resources/apigateway/account.ts';
import { apiGatewayApiKey } from '../../../src/twin/resources/apigateway/api-key.ts';
import { apiGatewayAuthorizer } from '../../../src/twin/resources/apigateway/authorizer.ts';
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

let test: TestStack;
let api: Resource;

beforeEach(async () => {
  test = createTestStack();
  api = await test.start(apiGatewayRestApi, { Name: 'api' }, 'RestApi');
});

afterEach(() => test.gateway.stop());

const root = (): string => String(api.attributes?.RootResourceId);
const resource = (PathPart: string, ParentId = root()) =>
  test.start(apiGatewayResource, { RestApiId: api.ref, ParentId, PathPart });
const mock = (status: number) => ({
  Type: 'MOCK',
  RequestTemplates: { 'application/json': `{"statusCode": ${status}}` },
  IntegrationResponses: [{ StatusCode: status }],
});
const method = (properties: object = {}) =>
  test.start(apiGatewayMethod, {
    RestApiId: api.ref,
    ResourceId: root(),
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    MethodResponses: [{ StatusCode: 200 }, { StatusCode: 204 }],
    Integration: mock(200),
    ...properties,
  });
const deployment = (properties: object = {}) => test.start(apiGatewayDeployment, { RestApiId: api.ref, ...properties });
const stage = (DeploymentId: string, StageName = 'v1', properties: object = {}) =>
  test.start(apiGatewayStage, { RestApiId: api.ref, DeploymentId, StageName, ...properties });
const authorizer = () =>
  test.start(apiGatewayAuthorizer, {
    RestApiId: api.ref,
    Name: 'pool',
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc'],
    IdentitySource: 'method.request.header.Authorization',
  });
const statusOf = async (path: string): Promise<number> => (await fetch(`${test.gateway.baseUrl(api.ref)}${path}`)).status;

describe('deployments and stages', () => {
  it('serve the API as it was when it was deployed', async () => {
    const first = await method();
    const old = await deployment();
    await first.stop?.();
    await method({ Integration: mock(204) });
    const current = await deployment();
    await stage(old.ref, 'old');
    await stage(current.ref, 'current');
    expect([await statusOf('/old'), await statusOf('/current/')]).toEqual([200, 204]);
  });

  it('serve nothing before there is a stage, and nothing of a stage that is deleted', async () => {
    await method();
    const deployed = await deployment();
    expect(test.gateway.baseUrl(api.ref)).toBeUndefined();
    const one = await stage(deployed.ref, 'one');
    await stage(deployed.ref, 'two');
    await one.stop?.();
    expect([await statusOf('/one'), await statusOf('/two')]).toEqual([403, 200]);
  });

  it('can have a stage again once they had none', async () => {
    await method();
    const deployed = await deployment();
    const before = await stage(deployed.ref);
    const url = `${test.gateway.baseUrl(api.ref)}/v1`;
    await before.stop?.();
    await expect(fetch(url)).rejects.toThrow();
    await stage(deployed.ref);
    expect(await statusOf('/v1')).toBe(200);
  });

  it('make a stage from StageName too', async () => {
    await method();
    await deployment({ StageName: 'prod' });
    expect(await statusOf('/prod')).toBe(200);
  });

  it('give stage variables to templates', async () => {
    const responses = [{ StatusCode: 200, ResponseTemplates: { 'text/plain': '$stageVariables.colour' } }];
    await method({ Integration: { ...mock(200), IntegrationResponses: responses } });
    await stage((await deployment()).ref, 'v1', { Variables: { colour: 'green' } });
    const response = await fetch(`${test.gateway.baseUrl(api.ref)}/v1`);
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain', 'green']);
  });
});

describe('what AWS rejects', () => {
  const rejection = async (action: () => Promise<unknown>): Promise<string> => {
    const error: LocalError = await action().then(
      () => expect.fail('nothing was rejected'),
      (reason) => reason,
    );
    expect(error.name).toBe('LocalError');
    return error.message;
  };

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['an API without methods', () => deployment(), /^The REST API doesn't contain any methods/],
    [
      'a method without integration',
      async () => {
        await test.start(apiGatewayMethod, { RestApiId: api.ref, ResourceId: root(), HttpMethod: 'GET' });
        await deployment();
      },
      /^GET \/: No integration defined for method/,
    ],
    [
      'a proxy without the method that it is invoked by',
      () => method({ Integration: { Type: 'AWS_PROXY', Uri: uri } }).then(() => deployment()),
      /^GET \/: property Integration.IntegrationHttpMethod is missing; write POST/,
    ],
    [
      'a URI that is no function',
      () =>
        method({ Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: 'https://a.example' } }).then(() =>
          deployment(),
        ),
      /^GET \/: Integration.Uri is https:\/\/a.example/,
    ],
    [
      'another type of integration',
      () => method({ Integration: { Type: 'HTTP_PROXY' } }),
      /Integration.Type is "HTTP_PROXY", which the local twin does not support; it supports AWS, AWS_PROXY, MOCK/,
    ],
    [
      'an integration that AWS does not have',
      () => method({ Integration: { Type: 'LAMBDA' } }),
      /must be one of .*HTTP_PROXY/,
    ],
    [
      'a model with a misspelt keyword, before any deployment',
      () => test.start(apiGatewayModel, { RestApiId: api.ref, Name: 'Thing', Schema: { requierd: ['a'] } }),
      /^Invalid model specified: the schema of Thing .*Unsupported keyword\(s\): \["requierd"\]/,
    ],
    ...['099', '100', '600'].map((StatusCode): [string, () => Promise<unknown>, RegExp] => [
      `a gateway response of status ${StatusCode}`,
      () => test.start(apiGatewayGatewayResponse, { RestApiId: api.ref, ResponseType: 'THROTTLED', StatusCode }),
      /StatusCode must match the pattern/,
    ]),
    [
      'a longer timeout than AWS allows',
      () => method({ Integration: { ...mock(200), TimeoutInMillis: 29001 } }),
      /TimeoutInMillis/,
    ],
    ['a Lambda authorizer', () => method({ AuthorizationType: 'CUSTOM' }), /AuthorizationType is "CUSTOM", which the local/],
    [
      'a user pool without authorizer',
      () => method({ AuthorizationType: 'COGNITO_USER_POOLS' }).then(() => deployment()),
      /AuthorizerId is missing/,
    ],
    [
      'an unknown validator',
      () => method({ RequestValidatorId: 'none' }).then(() => deployment()),
      /RequestValidatorId none is not a request validator/,
    ],
    [
      'two authorizers of a name',
      () => authorizer().then(() => authorizer()),
      /^Authorizer name must be unique. Authorizer pool/,
    ],
    ['a method twice', () => method().then(() => method()), /^GET \/ already exists/],
    ['a request parameter of no kind', () => method({ RequestParameters: { 'method.request.cookie.a': true } }), /cookie/],
    ['a path part with a slash', () => resource('a/b'), /PathPart a\/b/],
    ['a path part twice', () => resource('a').then(() => resource('a')), /already has this name: a/],
    ['two variables in one place', () => resource('{a}').then(() => resource('{b}')), /A sibling \(\{a\}\)/],
    [
      'a child of a greedy path',
      () => resource('{a+}').then(({ ref }) => resource('b', ref)),
      /greedy path variable: \/\{a\+\}/,
    ],
    ['an unknown parent', () => resource('a', 'nothing'), /ParentId nothing/],
    [
      'an unknown API',
      () => test.start(apiGatewayDeployment, { RestApiId: 'nothing' }),
      /RestApiId nothing is not a REST API/,
    ],
    ['an unknown deployment', () => stage('nothing'), /DeploymentId nothing/],
    [
      'a stage twice',
      async () => {
        await method();
        const { ref } = await deployment();
        await stage(ref);
        await stage(ref);
      },
      /Stage v1 already exists/,
    ],
    [
      'a setting of no verb',
      () => stage('any', 'v1', { MethodSettings: [{ HttpMethod: 'FETCH' }] }),
      /HttpMethod must be one/,
    ],
    ['a stage variable with an asterisk', () => stage('any', 'v1', { Variables: { a: '*' } }), /Variables.a must match/],
    [
      'a plan for an unknown stage',
      () => test.start(apiGatewayUsagePlan, { ApiStages: [{ ApiId: api.ref, Stage: 'v1' }] }),
      /API Stage not found/,
    ],
    [
      'an unknown key on a plan',
      () => test.start(apiGatewayUsagePlanKey, { KeyId: 'k', KeyType: 'API_KEY', UsagePlanId: 'p' }),
      /KeyId k or UsagePlanId p/,
    ],
  ])('%s', async (_name, action, message) => {
    expect(await rejection(action)).toMatch(message);
  });
});

describe('Ref and GetAtt', () => {
  it('are ids that stay the same from start to start', async () => {
    const other = createTestStack();
    const again = await other.start(apiGatewayRestApi, { Name: 'api' }, 'RestApi');
    expect(again.ref).toBe(api.ref);
    expect(api.ref).toMatch(/^[a-z0-9]{10}$/);
    expect(api.attributes).toEqual({ RestApiId: api.ref, RootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/) });
  });

  it('are what CloudFormation documents', async () => {
    const { start } = test;
    const things = await resource('things');
    expect(things.attributes).toEqual({ ResourceId: things.ref });
    const model = await start(apiGatewayModel, { RestApiId: api.ref, Name: 'Thing', Schema: '{}' });
    expect(model.ref).toBe('Thing');
    const validator = await start(apiGatewayRequestValidator, { RestApiId: api.ref, Name: 'v' });
    expect(validator.attributes).toEqual({ RequestValidatorId: validator.ref });
    const response = await start(apiGatewayGatewayResponse, { RestApiId: api.ref, ResponseType: 'THROTTLED' });
    expect(response.attributes).toEqual({ Id: response.ref });
    const pool = await authorizer();
    expect(pool.attributes).toEqual({ AuthorizerId: pool.ref });
    await method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: pool.ref });
    const deployed = await deployment();
    expect(deployed.attributes).toEqual({ DeploymentId: deployed.ref });
    const staged = await stage(deployed.ref);
    expect(staged.ref).toBe('v1');
    expect(await statusOf('/v1')).toBe(401);
    const key = await start(apiGatewayApiKey, { Value: 'a-value-of-twenty-characters' });
    expect(key.attributes).toEqual({ APIKeyId: key.ref });
    const plan = await start(apiGatewayUsagePlan, {
      ApiStages: [{ ApiId: api.ref, Stage: 'v1' }],
      Quota: { Limit: 5, Period: 'DAY' },
    });
    expect(plan.attributes).toEqual({ Id: plan.ref });
    const planKey = await start(apiGatewayUsagePlanKey, { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: plan.ref });
    expect(planKey.ref).toBe(`${key.ref}:${plan.ref}`);
    const account = await start(apiGatewayAccount, { CloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs' });
    expect(account.attributes).toEqual({ Id: account.ref });
  });
});
