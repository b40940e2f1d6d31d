import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyIam } from '../../../../src/twin/gateway/authorization/verify-iam.ts';
import { type Credentials, createCredentialStore } from '../../../../src/twin/iam/credentials.ts';
import { type Identity, user } from '../../../../src/twin/iam/identity.ts';
import type { PolicyDocument } from '../../../../src/twin/iam/policy-document.ts';
import { apiGatewayGatewayResponse } from '../../../../src/twin/resources/apigateway/gateway-response.ts';
import { type SigningOptions, signedFetch, signedHeaders } from '../signer.ts';
import { createTestStack, output, type TestStack } from '../stack.ts';
import { stack } from '../support.ts';

const store = createCredentialStore();
const issue = (name: string, ...statements: PolicyDocument['Statement'][]): Credentials =>
  store.issueLongTerm(user(stack, name, { Statement: statements.flat() }));
const allow = (Resource: string, Action = 'execute-api:Invoke') => ({ Effect: 'Allow', Action, Resource }) as const;
const everything = allow('*');

let test: TestStack;
let base = '';
let apiId = '';
let credentials: Credentials;
let session: Credentials;

beforeAll(async () => {
  credentials = issue('local', everything);
  const role: Identity = {
    ...credentials.identity,
    kind: 'AssumedRole',
    arn: 'arn:aws:sts::123456789012:assumed-role/caller/session',
    principalArn: 'arn:aws:iam::123456789012:role/caller',
    userId: 'AROAEXAMPLE:session',
  };
  session = store.issueTemporary(role);
  test = createTestStack((event) => output({ statusCode: 200, body: JSON.stringify(event.requestContext) }), {
    verifiers: { iam: verifyIam(stack, store) },
  });
  base = `${await test.serve({ AuthorizationType: 'AWS_IAM' }, async (id) => {
    apiId = id;
  })}/v1/things`;
});
afterAll(() => test.gateway.stop());

const answer = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('x-amzn-errortype'),
  body: (await response.json()) as Record<string, string>,
});

describe('a request that is signed', () => {
  it.each([
    ['GET', '', ''],
    ['POST', '/a%20b%2Fc', '{"name":"n"}'],
    ['GET', '?b=2&a=%C3%A9%20x&a=1&c', ''],
    ['GET', '/~.-_!*', ''],
  ])('passes: %s %s', async (method, rest, body) => {
    const response = await signedFetch(`${base}${rest}`, { credentials }, { method, ...(body && { body }) });
    expect(response.status).toBe(200);
  });

  it('says in the event who sent it', async () => {
    const { identity } = (await (await signedFetch(base, { credentials })).json()) as { identity: object };
    expect(identity).toMatchObject({
      accessKey: credentials.accessKeyId,
      accountId: '123456789012',
      caller: credentials.identity.userId,
      user: credentials.identity.userId,
      userArn: 'arn:aws:iam::123456789012:user/local',
      cognitoIdentityId: null,
    });
  });

  it('passes with credentials of a session', async () => {
    const response = await signedFetch(base, { credentials: session });
    const { identity } = (await response.json()) as { identity: object };
    expect(identity).toMatchObject({
      caller: 'AROAEXAMPLE:session',
      userArn: 'arn:aws:sts::123456789012:assumed-role/caller/session',
    });
  });
});

afterEach(() => void vi.useRealTimers());

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describe('a request that is not signed as it must be', () => {
  it.each<[string, Record<string, string>, string, string | RegExp]>([
    ['no header', {}, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    ['a token', { Authorization: 'Bearer abc' }, 'IncompleteSignatureException', /^'abc' not a valid key=value pair/],
    [
      'no signature',
      { Authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e' },
      'IncompleteSignatureException',
      /^Authorization header requires 'Signature' parameter\. /,
    ],
  ])('has %s', async (_name, headers, type, message) => {
    const { body, ...rest } = await answer(await fetch(base, { headers }));
    expect(rest).toEqual({ status: 403, type });
    expect(body).toEqual({ message: message instanceof RegExp ? expect.stringMatching(message) : message });
  });

  const invalidToken = 'The security token included in the request is invalid.';
  it.each<[string, () => Partial<SigningOptions>, string, string | RegExp]>([
    [
      'a wrong secret',
      () => ({ credentials: { ...credentials, secretAccessKey: 'x' } }),
      'InvalidSignatureException',
      /^The request signature we calculated does not match the signature you provided\. .*The Canonical String/s,
    ],
    [
      'a key that nobody has',
      () => ({ credentials: { ...credentials, accessKeyId: 'AKIANOBODYNOBODYNOBO' } }),
      'UnrecognizedClientException',
      invalidToken,
    ],
    [
      'no token of its session',
      () => ({ credentials: { accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey } }),
      'UnrecognizedClientException',
      invalidToken,
    ],
    [
      'a wrong token',
      () => ({ credentials: { ...session, sessionToken: 'x' } }),
      'UnrecognizedClientException',
      invalidToken,
    ],
    [
      'a region that is not its own',
      () => ({ region: 'us-east-1' }),
      'InvalidSignatureException',
      "Credential should be scoped to a valid region, not 'us-east-1'. ",
    ],
    [
      'another service',
      () => ({ service: 'dynamodb' }),
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'execute-api'. ",
    ],
    [
      'a date in the past',
      () => ({ signingDate: minutes(-6) }),
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than /,
    ],
    [
      'a date in the future',
      () => ({ signingDate: minutes(6) }),
      'InvalidSignatureException',
      /^Signature not yet current: \d{8}T\d{6}Z is still later than /,
    ],
  ])('has %s', async (_name, options, type, message) => {
    const { body, ...rest } = await answer(await signedFetch(base, { credentials, ...options() }));
    expect(rest).toEqual({ status: 403, type });
    expect(body).toEqual({ message: message instanceof RegExp ? expect.stringMatching(message) : message });
  });

  it('has another body, path or query than was signed', async () => {
    const headers = await signedHeaders(base, { method: 'POST', body: 'a' }, { credentials });
    const statuses = [
      fetch(base, { method: 'POST', body: 'a', headers }),
      fetch(base, { method: 'POST', body: 'b', headers }),
      fetch(`${base}/a`, { method: 'POST', body: 'a', headers }),
      fetch(`${base}?a=b`, { method: 'POST', body: 'a', headers }),
    ].map(async (response) => (await response).status);
    expect(await Promise.all(statuses)).toEqual([200, 403, 403, 403]);
  });

  it('passes within five minutes of its date', async () => {
    // A date of a signature has no milliseconds. No time passes on the way.
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T12:00:00Z') });
    for (const signingDate of [minutes(-5), minutes(5)]) {
      expect((await signedFetch(base, { credentials, signingDate })).status).toBe(200);
    }
  });
});

describe('what a sender may not do', () => {
  it('is rejected with a text that names user, action and resource, the account masked', async () => {
    const stranger = issue('stranger', allow(`arn:aws:execute-api:*:*:${apiId}/v1/GET/things`));
    expect((await signedFetch(base, { credentials: stranger })).status).toBe(200);
    expect(await answer(await signedFetch(`${base}/a%20b`, { credentials: stranger }))).toEqual({
      status: 403,
      type: 'AccessDeniedException',
      body: {
        Message: `User: arn:aws:iam::123456789012:user/stranger is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:${apiId}/v1/GET/things/a%20b because no identity-based policy allows the execute-api:Invoke action`,
      },
    });
  });

  it.each<[string, PolicyDocument['Statement'][], number]>([
    ['nothing allowed', [], 403],
    ['another service allowed', [allow('*', 'dynamodb:*')], 403],
    ['another method', [allow('arn:aws:execute-api:eu-west-1:123456789012:*/v1/POST/*')], 403],
    ['another stage', [allow('arn:aws:execute-api:eu-west-1:123456789012:*/v2/*')], 403],
    ['another region', [allow('arn:aws:execute-api:us-east-1:*:*')], 403],
    ['this stage', [allow('arn:aws:execute-api:eu-west-1:123456789012:*/v1/*')], 200],
    ['all actions', [allow('*', '*')], 200],
    ['a deny', [everything, { Effect: 'Deny', Action: 'execute-api:*', Resource: '*/GET/things' }], 403],
  ])('is decided by its policies: %s', async (name, statements, status) => {
    const response = await signedFetch(base, { credentials: issue(name.replaceAll(' ', '-'), ...statements) });
    expect(response.status).toBe(status);
  });

  it('is answered by the gateway responses of its types', async () => {
    const own = createTestStack(undefined, { verifiers: { iam: verifyIam(stack, store) } });
    const types = ['ACCESS_DENIED', 'INVALID_SIGNATURE', 'MISSING_AUTHENTICATION_TOKEN'];
    const url = await own.serve({ AuthorizationType: 'AWS_IAM' }, async (RestApiId) => {
      for (const ResponseType of types) {
        const ResponseTemplates = { 'application/json': '{"type":"$context.error.responseType"}' };
        await own.start(apiGatewayGatewayResponse, { RestApiId, ResponseType, ResponseTemplates });
      }
    });
    const responses = [
      await signedFetch(`${url}/v1/things`, { credentials: issue('nobody') }),
      await signedFetch(`${url}/v1/things`, { credentials: { ...credentials, secretAccessKey: 'x' } }),
      await fetch(`${url}/v1/things`),
    ];
    expect(await Promise.all(responses.map((response) => response.json()))).toEqual(types.map((type) => ({ type })));
    await own.gateway.stop();
  });
});
