import { expect, it } from 'vitest';
import { claimStrings } from '../../../../src/twin/gateway/authorization/claims.ts';

it('makes a string of every claim, as API Gateway does', () => {
  expect(
    claimStrings({
      sub: 'a-b',
      email_verified: true,
      auth_time: 1_795_338_303,
      iat: Date.UTC(2026, 10, 2, 9, 5, 3) / 1000,
      exp: 1e300,
      'cognito:groups': ['admins', 'users'],
      identities: [{ userId: '1' }],
      'custom:nothing': null,
    }),
  ).toEqual({
    sub: 'a-b',
    email_verified: 'true',
    auth_time: '1795338303',
    iat: 'Mon Nov 02 09:05:03 UTC 2026',
    exp: '1e+300',
    'cognito:groups': 'admins,users',
    identities: '{"userId":"1"}',
    'custom:nothing': 'null',
  });
});
