import { describe, expect, it } from 'vitest';
import {
  authorizeMethod,
  compileAuthorization,
  type Verifiers,
} from '../../../../src/twin/gateway/authorization/authorize-method.ts';
import type { AuthorizationType, MethodConfiguration } from '../../../../src/twin/gateway/configuration.ts';
import { failure } from '../../../../src/twin/gateway/failure.ts';
import { createUsage } from '../../../../src/twin/gateway/throttling/usage.ts';
import { contextOf, request, stack } from '../support.ts';

const usage = createUsage();
usage.createApiKey({ id: 'good', value: 'value-of-the-good-key', enabled: true });
usage.createApiKey({ id: 'disabled', value: 'value-of-the-disabled-key', enabled: false });
usage.createApiKey({ id: 'elsewhere', value: 'value-of-the-key-elsewhere', enabled: true });
usage.createApiKey({ id: 'planless', value: 'value-of-the-key-without-plan', enabled: true });
usage.createUsagePlan({ id: 'plan', apiStages: [{ apiId: 'api1234567', stage: 'v1' }] });
usage.createUsagePlan({ id: 'other', apiStages: [{ apiId: 'api1234567', stage: 'v2' }] });
usage.createUsagePlanKey('plan', 'good');
usage.createUsagePlanKey('plan', 'disabled');
usage.createUsagePlanKey('other', 'elsewhere');

const throttled = { resourcePath: '/items', httpMethod: 'GET' };
const noVerifiers: Verifiers = { iam: async () => failure('MISSING_AUTHENTICATION_TOKEN') };

const authorize = async (
  authorizationType: AuthorizationType,
  apiKeyRequired: boolean,
  headers: [string, string][] = [],
  verifiers: Verifiers = noVerifiers,
) => {
  const from = request({ headers });
  const context = contextOf(from);
  const method = { authorizationType, apiKeyRequired } as MethodConfiguration;
  const authorizer = { id: 'a', name: 'pool', type: 'COGNITO_USER_POOLS', providerArns: [], identitySource: '' } as const;
  const authorization = compileAuthorization(method, authorizer, { verifiers, usage, throttled, stack });
  return { outcome: await authorizeMethod(authorization, from, context), context };
};

describe('authorizeMethod', () => {
  it('lets everyone pass with NONE', async () => {
    expect((await authorize('NONE', false)).outcome).toBeUndefined();
  });

  it('rejects a method whose tokens nothing can verify, and says what to do', async () => {
    await expect(authorize('COGNITO_USER_POOLS', false)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: expect.stringMatching(/^AuthorizationType is COGNITO_USER_POOLS, but there are no keys .* with --jwks$/),
    });
  });

  it('asks the verifier first and the API key then', async () => {
    const rejects: Verifiers = { iam: async () => failure('INVALID_SIGNATURE') };
    expect((await authorize('AWS_IAM', true, [], rejects)).outcome).toEqual(failure('INVALID_SIGNATURE'));
    const admits: Verifiers = { ...noVerifiers, cognito: () => async () => undefined };
    expect((await authorize('COGNITO_USER_POOLS', true, [], admits)).outcome).toMatchObject(failure('INVALID_API_KEY'));
  });

  it('admits a key on a plan of the stage, and says in the context which it was', async () => {
    const { outcome, context } = await authorize('NONE', true, [['X-API-Key', 'value-of-the-good-key']]);
    expect(outcome).toBeUndefined();
    expect(context.identity).toMatchObject({ apiKey: 'value-of-the-good-key', apiKeyId: 'good' });
  });

  it.each([
    ['missing', []],
    ['unknown', [['x-api-key', 'value-of-no-key-at-all']]],
    ['disabled', [['x-api-key', 'value-of-the-disabled-key']]],
    ['for another stage', [['x-api-key', 'value-of-the-key-elsewhere']]],
    ['on no plan', [['x-api-key', 'value-of-the-key-without-plan']]],
  ] as [string, [string, string][]][])('rejects a key that is %s', async (_name, headers) => {
    expect((await authorize('NONE', true, headers)).outcome).toMatchObject(failure('INVALID_API_KEY'));
  });
});

describe('createUsage', () => {
  it('forgets keys, plans and what joins them', () => {
    const own = createUsage();
    own.createApiKey({ id: 'k', value: 'v', enabled: true });
    own.createUsagePlan({ id: 'p', apiStages: [{ apiId: 'a', stage: 's' }] });
    expect(own.createUsagePlanKey('p', 'nothing')).toBe(false);
    expect(own.createUsagePlanKey('nothing', 'k')).toBe(false);
    expect(own.createUsagePlanKey('p', 'k')).toBe(true);
    expect(own.find('v', 'a', 's')?.key.id).toBe('k');
    own.deleteUsagePlanKey('p', 'k');
    expect(own.find('v', 'a', 's')).toBeUndefined();
    own.createUsagePlanKey('p', 'k');
    own.deleteApiKey('k');
    expect(own.find('v', 'a', 's')).toBeUndefined();
  });

  it('rejects a key on two plans of a stage', () => {
    const own = createUsage();
    own.createApiKey({ id: 'k', value: 'v', enabled: true });
    own.createUsagePlan({ id: 'p', apiStages: [{ apiId: 'a', stage: 's' }] });
    own.createUsagePlan({
      id: 'q',
      apiStages: [
        { apiId: 'a', stage: 't' },
        { apiId: 'a', stage: 's' },
      ],
    });
    own.createUsagePlan({ id: 'r', apiStages: [{ apiId: 'a', stage: 't' }] });
    expect(own.createUsagePlanKey('p', 'k')).toBe(true);
    expect(own.createUsagePlanKey('r', 'k')).toBe(true);
    expect(() => own.createUsagePlanKey('q', 'k')).toThrow(/^KeyId k is already on another usage plan of stage s\./);
  });

  it.each([
    ['DAY', 1, 0],
    ['WEEK', 7, 6],
    ['MONTH', 28, 27],
  ] as const)('rejects a %s that begins on day %d', (period, offset, most) => {
    const plan = { id: 'p', apiStages: [], quota: { limit: 1, period, offset } };
    expect(() => createUsage().createUsagePlan(plan)).toThrow(new RegExp(`must be ${most} or less, not ${offset}$`));
  });

  it('counts each key by itself, and methods with a throttle of their own apart', () => {
    const own = createUsage();
    const stages = [
      { apiId: 'a', stage: 's', methodSettings: [{ resourcePath: '/items', httpMethod: 'GET', throttlingBurstLimit: 2 }] },
      { apiId: 'b', stage: 's' },
    ];
    const quota = { limit: 5, period: 'MONTH', offset: 0 } as const;
    own.createUsagePlan({ id: 'p', apiStages: stages, throttle: { rateLimit: 0.001, burstLimit: 1 }, quota });
    const use = (value: string, apiId: string, httpMethod: string) =>
      own.find(value, apiId, 's')?.use(apiId, 's', { resourcePath: '/items', httpMethod });
    for (const id of ['k', 'l']) {
      own.createApiKey({ id, value: `value-${id}`, enabled: true });
      own.createUsagePlanKey('p', id);
      expect(use(`value-${id}`, 'a', 'POST')).toBeUndefined();
      expect(use(`value-${id}`, 'a', 'PUT')).toMatchObject(failure('THROTTLED'));
      expect(use(`value-${id}`, 'b', 'GET')).toMatchObject(failure('THROTTLED'));
    }
    expect([1, 2].map(() => use('value-k', 'a', 'GET'))).toEqual([undefined, undefined]);
  });

  it('rejects two keys of one value', () => {
    const own = createUsage();
    own.createApiKey({ id: 'k', value: 'v', enabled: true });
    expect(() => own.createApiKey({ id: 'l', value: 'v', enabled: true })).toThrow(/API Key already exists/);
  });
});
