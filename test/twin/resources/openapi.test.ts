import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { apiGatewayDeployment } from '../../../src/twin/resources/apigateway/deployment.ts';
import { apiGatewayRestApi } from '../../../src/twin/resources/apigateway/rest-api.ts';
import { createTestStack } from '../gateway/stack.ts';

const mock = {
  type: 'MOCK',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: 200 } },
};
const get = (operation: JsonObject, more: JsonObject = {}): JsonObject => ({
  openapi: '3.0.1',
  paths: { '/a': { get: { responses: { 200: {} }, 'x-amazon-apigateway-integration': mock, ...operation } } },
  ...more,
});
const extension = 'x-amazon-apigateway-integration';

describe('a Body', () => {
  it.each<[body: JsonObject, message: string]>([
    [{ openapi: '3.1.0' }, 'property Body has the version 3.1.0; API Gateway imports 2.0 and 3.0'],
    [{ info: {} }, 'property Body has no OpenAPI version'],
    [get({ parameters: [{ $ref: '#/components/parameters/No' }] }), 'Body refers to #/components/parameters/No, which the'],
    [get({ parameters: [{ $ref: 'https://example.com/x.json' }] }), 'Body refers to https://example.com/x.json'],
    [
      get({ [extension]: { type: 'http_proxy', uri: 'https://example.com' } }),
      'Body.paths./a.get.x-amazon-apigateway-integration: Type',
    ],
    [get({ [extension]: { type: 'lambda' } }), 'Type must be one of'],
    [
      get({ 'x-amazon-apigateway-request-validator': 'all' }),
      'Body.paths./a.get has x-amazon-apigateway-request-validator all',
    ],
    [get({}, { 'x-amazon-apigateway-policy': { Statement: [] } }), 'x-amazon-apigateway-policy is a resource policy'],
    [get({}, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' }), 'x-amazon-apigateway-api-key-source is not HEADER'],
    [get({}, { 'x-amazon-apigateway-gateway-responses': { NONE: {} } }), 'has NONE, which is no type of gateway response'],
    [
      get(
        {},
        { components: { securitySchemes: { t: { type: 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'token' } } } } },
      ),
      'the security scheme t has an authorizer of the type token, which the local twin does not support',
    ],
    [
      get({ security: [{ none: [] }] }),
      'Body.paths./a.get requires the security scheme none, which the document does not have',
    ],
    [
      get(
        { security: [{ t: [] }] },
        { components: { securitySchemes: { t: { 'x-amazon-apigateway-authtype': 'custom' } } } },
      ),
      'requires t, which has no x-amazon-apigateway-authorizer; add it',
    ],
    [
      get({}, { 'x-amazon-apigateway-endpoint-configuration': {} }),
      'x-amazon-apigateway-endpoint-configuration is an extension',
    ],
    [
      get({}, { components: { schemas: { A_B: {} } } }),
      'Body.components.schemas.A_B is a model, whose name must be alphanumeric',
    ],
    [
      get({}, { components: { schemas: { A: { $ref: '#/components/schemas/B' } } } }),
      'Body refers to #/components/schemas/B, which is no schema of the document',
    ],
    [{ swagger: '2.0', paths: { a: { get: {} } } }, 'Body.paths has a, which does not begin with a slash'],
  ])('is rejected: %#', async (body, message) => {
    await expect(createTestStack().start(apiGatewayRestApi, { Body: body })).rejects.toThrow(message);
  });

  it('that is faulty leaves no API behind', async () => {
    const test = createTestStack();
    await expect(test.start(apiGatewayRestApi, { Body: { openapi: '4' } })).rejects.toThrow();
    expect(test.gateway.withoutStage()).toEqual([]);
  });

  it('names the API by its title, and has Cognito authorizers, binary types and AWS_IAM', async () => {
    const test = createTestStack(undefined);
    const pool = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Pool';
    const authorizer = { type: 'cognito_user_pools', providerARNs: [pool] };
    const api = await test.start(apiGatewayRestApi, {
      Body: {
        openapi: '3.0.1',
        info: { title: 'Titled' },
        'x-amazon-apigateway-binary-media-types': ['image/png'],
        paths: {
          '/': {
            get: { security: [{ users: ['read'] }], responses: { 200: {} }, [extension]: mock },
            post: {
              requestBody: { content: { 'application/json': { schema: {} }, 'text/plain': { schema: {} } } },
              responses: { 200: {} },
              [extension]: mock,
            },
            put: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' }, responses: { 200: {} }, [extension]: mock },
          },
        },
        // API Gateway does not look at the security of the document.
        security: [{ users: [] }],
        components: {
          schemas: { Error: { type: 'object' } },
          securitySchemes: {
            users: { type: 'apiKey', name: 'Token', in: 'header', 'x-amazon-apigateway-authorizer': authorizer },
          },
        },
      },
    } as never);
    await test.start(apiGatewayDeployment, { RestApiId: api.ref, StageName: 'v1' });
    const [stage] = test.gateway.stages();
    expect(stage?.apiName).toBe('Titled');
    expect(stage?.methods.map(({ httpMethod, authorizationType }) => [httpMethod, authorizationType])).toEqual([
      ['GET', 'COGNITO_USER_POOLS'],
      ['PUT', 'AWS_IAM'],
      ['POST', 'NONE'],
    ]);
    await test.gateway.stop();
  });
});

it('a stage that serves a newer deployment outlives the one that made it', async () => {
  const test = createTestStack();
  const Body = get({});
  const api = await test.start(apiGatewayRestApi, { Body });
  const older = await test.start(apiGatewayDeployment, { RestApiId: api.ref, StageName: 'live' }, 'Older');
  const newer = await test.start(apiGatewayDeployment, { RestApiId: api.ref, StageName: 'live' }, 'Newer');
  await older.stop?.();
  expect(test.gateway.deploymentOf(api.ref, 'live')).toBe(newer.ref);
  await test.gateway.stop();
});
