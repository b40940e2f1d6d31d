import { describe, expect, it } from 'vitest';
import { compileAuthorization, type Verifiers } from '../../../src/local/gateway/authorize.ts';
import type { AuthorizationType, MethodConfiguration } from '../../../src/local/gateway/configuration.ts';
import { failure } from '../../../src/local/gateway/failure.ts';
import { createUsage } from '../../../src/local/gateway/usage.ts';
import { contextOf, request } from './support.ts';

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

const authorize = async (
  authorizationType: AuthorizationType,
  apiKeyRequired: boolean,
  headers: [string, string][] = [],
  verifiers: Verifiers = {},
) => {
  const from = request({ headers });
  const context = contextOf(from);
  const method = { authorizationType, apiKeyRequired } as MethodConfiguration;
  const authorizer = { id: 'a', name: 'pool', type: 'COGNITO_USER_POOLS', providerArns: [], identitySource: '' } as const;
  return { outcome: await compileAuthorization(method, authorizer, { verifiers, usage })(from, context), context };
};

describe('compileAuthorization', () => {
  it('lets everyone pass with NONE', async () => {
    expect((await authorize('NONE', false)).outcome).toBeUndefined();
  });

  it('lets no one pass when nothing verifies signatures or tokens', async () => {
    const headers: [string, string][] = [['Authorization', 'AWS4-HMAC-SHA256 Credential=…']];
    expect((await authorize('AWS_IAM', false, headers)).outcome).toEqual(failure('MISSING_AUTHENTICATION_TOKEN'));
    expect((await authorize('COGNITO_USER_POOLS', false, headers)).outcome).toEqual(failure('UNAUTHORIZED'));
  });

  it('asks the verifier first and the API key then', async () => {
    const refuses: Verifiers = { iam: async () => failure('INVALID_SIGNATURE') };
    expect((await authorize('AWS_IAM', true, [], refuses)).outcome).toEqual(failure('INVALID_SIGNATURE'));
    const admits: Verifiers = { cognito: () => async () => undefined };
    expect((await authorize('COGNITO_USER_POOLS', true, [], admits)).outcome).toEqual(failure('INVALID_API_KEY'));
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
  ] as [string, [string, string][]][])('refuses a key that is %s', async (_name, headers) => {
    expect((await authorize('NONE', true, headers)).outcome).toEqual(failure('INVALID_API_KEY'));
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
    expect(own.admit('v', 'a', 's')?.id).toBe('k');
    own.deleteUsagePlanKey('p', 'k');
    expect(own.admit('v', 'a', 's')).toBeUndefined();
  });

  it('refuses two keys of one value', () => {
    const own = createUsage();
    own.createApiKey({ id: 'k', value: 'v', enabled: true });
    expect(() => own.createApiKey({ id: 'l', value: 'v', enabled: true })).toThrow(/API Key already exists/);
  });
});
