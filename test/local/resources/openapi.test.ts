import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { apiGatewayDeployment } from '../../../src/local/resources/apigateway-deployment.ts';
import { apiGatewayRestApi } from '../../../src/local/resources/apigateway-rest-api.ts';
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
    [{ info: {} }, 'property Body has the version of no OpenAPI document'],
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
    [{ swagger: '2.0', paths: { a: { get: {} } } }, 'Body.paths has a, which does not begin with a slash'],
  ])('is rejected: %#', async (body, message) => {
    await expect(createTestStack().start(apiGatewayRestApi, { Body: body })).rejects.toThrow(message);
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
            put: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' }, responses: { 200: {} }, [extension]: mock },
          },
        },
        components: {
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
    ]);
    await test.gateway.stop();
  });
});
