import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCognito } from '../../../../src/twin/gateway/authorization/verify-cognito.ts';
import { verifyIam } from '../../../../src/twin/gateway/authorization/verify-iam.ts';
import { createCredentialStore } from '../../../../src/twin/iam/credentials.ts';
import { apiGatewayAuthorizer } from '../../../../src/twin/resources/apigateway/authorizer.ts';
import { createTestStack, output, type TestStack } from '../stack.ts';
import { stack } from '../support.ts';
import { claims, createKey, forgedToken, poolArn, token } from '../user-pool.ts';

const key = createKey('a');
const other = createKey('b');
const publicKey = createPublicKey({ key: key.jwk as JsonWebKey, format: 'jwk' });

let test: TestStack;
let ids = '';
let scoped = '';
beforeAll(async () => {
  const keys = { find: async (kid: string) => (kid === 'a' ? publicKey : undefined) };
  test = createTestStack((event) => output({ statusCode: 200, body: JSON.stringify(event.requestContext) }), {
    verifiers: { iam: verifyIam(stack, createCredentialStore()), cognito: verifyCognito(keys) },
  });
  const serve = (IdentitySource: string, more: object = {}) =>
    test.serve({ AuthorizationType: 'COGNITO_USER_POOLS', ...more }, async (RestApiId) => {
      const ProviderARNs = ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Other', poolArn];
      const pool = { RestApiId, Name: 'pool', Type: 'COGNITO_USER_POOLS', ProviderARNs, IdentitySource };
      return { AuthorizerId: (await test.start(apiGatewayAuthorizer, pool)).ref };
    });
  ids = `${await serve('method.request.header.Authorization')}/v1/things`;
  scoped = `${await serve('method.request.header.X-Token', { AuthorizationScopes: ['items/read', 'items/write'] })}/v1/things`;
});
afterAll(() => test.gateway.stop());

const answer = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('x-amzn-errortype'),
  body: (await response.json()) as object,
});
const unauthorized = { status: 401, type: 'UnauthorizedException', body: { message: 'Unauthorized' } };
const seconds = Math.floor(Date.now() / 1000);

describe('a token of the user pool', () => {
  it.each(['', 'Bearer ', 'bearer '])('passes behind %j, and the event has its claims', async (prefix) => {
    const response = await fetch(ids, { headers: { Authorization: `${prefix}${token(key)}` } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      authorizer: {
        claims: {
          sub: '5f4c',
          'cognito:groups': 'admins,users',
          exp: expect.stringMatching(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/),
        },
      },
    });
  });

  it.each<[string, () => string | undefined, RegExp]>([
    ['missing', () => undefined, /has no Authorization header/],
    ['empty', () => 'Bearer ', /has no Authorization header/],
    ['none', () => 'Bearer a.b', /contains no valid JSON Web Token/],
    ['of no JSON', () => 'YQ.YQ.YQ', /contains no valid JSON Web Token/],
    ['of no objects', () => 'MQ.MQ.MQ', /contains no valid JSON Web Token/],
    ['of an unknown key', () => token(other), /the JWKS has no key with the token's kid "b"/],
    ['of no key', () => token(key, claims(), { kid: 1 }), /kid 1$/],
    ['signed with another key', () => token({ ...other, kid: 'a' }), /signature is not a valid RS256 signature of its kid/],
    ['of another algorithm', () => token(key, claims(), { alg: 'RS512' }), /signature is not/],
    ['of no algorithm', () => token(key, claims(), { alg: 'none' }), /signature is not/],
    ['forged with the public key', () => forgedToken(key), /signature is not/],
    [
      'changed',
      () => token(key).replace(/\.[^.]+\./, `.${btoa(JSON.stringify(claims({ sub: 'x' })))}.`.replaceAll('=', '')),
      /signature is not/,
    ],
    [
      'of another pool',
      () => token(key, claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_X' })),
      /iss .* is not/,
    ],
    ['with critical extensions', () => token(key, claims(), { crit: ['exp'] }), /critical extensions \["exp"\]/],
    [
      'with the critical extension that the library knows',
      () => token(key, claims(), { crit: ['b64'], b64: true }),
      /critical extensions \["b64"\]/,
    ],
    ['of tomorrow', () => token(key, claims({ nbf: seconds + 86_400 })), /nbf \d+ is not in the past/],
    ['of no time', () => token(key, claims({ nbf: 'now' })), /nbf "now" is not in the past/],
    ['of nobody', () => token(key, claims({ iss: undefined })), /iss undefined is not/],
    [
      'an access token',
      () => token(key, claims({ token_use: 'access', scope: 'items/read' })),
      /token_use "access" is not id/,
    ],
  ])('is rejected when it is %s', async (_name, make, reason) => {
    const value = make();
    test.logs.length = 0;
    const response = await fetch(ids, value === undefined ? {} : { headers: { Authorization: value } });
    expect(await answer(response)).toEqual(unauthorized);
    expect(test.logs.map(({ message }) => message)).toContainEqual(expect.stringMatching(reason));
  });

  it.each([[{ exp: seconds }], [{ exp: String(seconds + 60) }], [{ exp: undefined }]])('has expired: %j', async (more) => {
    const response = await fetch(ids, { headers: { Authorization: token(key, claims(more)) } });
    expect(await answer(response)).toEqual({ ...unauthorized, body: { message: 'The incoming token has expired' } });
  });

  it('is not asked for by requests that it does not hold for', async () => {
    expect((await fetch(`${ids}/more/than/there/is`)).status).toBe(403);
  });
});

describe('a method with scopes', () => {
  it.each<[string, object, number]>([
    ['one of them', { token_use: 'access', scope: 'openid items/write' }, 200],
    ['none of them', { token_use: 'access', scope: 'openid items/writer' }, 401],
    ['no scope', { token_use: 'access' }, 401],
    ['an ID token', { scope: 'items/read' }, 401],
  ])('wants an access token with one of them, in the header that the authorizer names: %s', async (_name, more, status) => {
    const response = await fetch(scoped, { headers: { 'x-token': token(key, claims(more)) } });
    expect(response.status).toBe(status);
  });
});
