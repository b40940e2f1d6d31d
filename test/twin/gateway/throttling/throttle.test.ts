import { describe, expect, it } from 'vitest';
import type { MethodSetting } from '../../../../src/twin/gateway/configuration.ts';
import { failure } from '../../../../src/twin/gateway/failure.ts';
import { limitsOf, throttleRequest } from '../../../../src/twin/gateway/throttling/throttle.ts';

const setting = (resourcePath: string, httpMethod: string, rate?: number, burst?: number): MethodSetting => ({
  resourcePath,
  httpMethod,
  ...(rate !== undefined && { throttlingRateLimit: rate }),
  ...(burst !== undefined && { throttlingBurstLimit: burst }),
});
const get = { resourcePath: '/items/{id}', httpMethod: 'GET' };
const root = { resourcePath: '/', httpMethod: 'GET' };

describe('limitsOf', () => {
  it.each<[string, typeof get, MethodSetting[], { rateLimit: number; burstLimit: number } | undefined]>([
    ['nothing', get, [], undefined],
    ['another method', get, [setting('/items/{id}', 'PUT', 1, 1), setting('/items', 'GET', 1, 1)], undefined],
    ['settings without limits', get, [setting('/*', '*')], undefined],
    ['all methods', get, [setting('/*', '*', 3, 4)], { rateLimit: 3, burstLimit: 4 }],
    ['all methods, by a star', get, [setting('*', '*', 3, 4)], { rateLimit: 3, burstLimit: 4 }],
    ['its own, encoded', get, [setting('/~1items~1{id}', 'GET', 1, 2)], { rateLimit: 1, burstLimit: 2 }],
    ['its own, not encoded', get, [setting('/items/{id}', 'GET', 1, 2)], { rateLimit: 1, burstLimit: 2 }],
    ['the root', root, [setting('/', 'GET', 1, 2)], { rateLimit: 1, burstLimit: 2 }],
    [
      'the most specific, in whichever order',
      get,
      [
        setting('/items/{id}', 'GET', 1, 1),
        setting('/items/{id}', '*', 2, 2),
        setting('/*', 'GET', 3, 3),
        setting('/*', '*'),
      ],
      { rateLimit: 1, burstLimit: 1 },
    ],
    ['a zero', get, [setting('/*', '*', 9, 9), setting('/items/{id}', 'GET', 0, 0)], { rateLimit: 0, burstLimit: 0 }],
    ['half of its own', get, [setting('/items/{id}', 'GET', 1), setting('/*', '*', 3, 4)], { rateLimit: 1, burstLimit: 4 }],
    ['half a setting', get, [setting('/*', '*', 3)], { rateLimit: 3, burstLimit: 5000 }],
    ['the other half', get, [setting('/*', '*', undefined, 3)], { rateLimit: 10_000, burstLimit: 3 }],
  ])('takes %s', (_name, method, settings, expected) => {
    expect(limitsOf(method, settings)).toEqual(expected);
  });
});

describe('throttleRequest', () => {
  it('has a bucket for each method, and one for all in the account', () => {
    let account = 3;
    const throttle = { settings: [setting('/*', '*', 0.001, 1)], account: () => account-- > 0, methods: new Map() };
    expect([get, get, root, root].map((method) => throttleRequest(throttle, method))).toMatchObject([
      undefined,
      failure('THROTTLED'),
      undefined,
      failure('THROTTLED'),
    ]);
    const open = { settings: [], account: () => account-- > 0, methods: new Map() };
    expect([get, get].map((method) => throttleRequest(open, method))).toMatchObject([undefined, failure('THROTTLED')]);
  });
});
