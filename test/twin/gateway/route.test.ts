import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouter, type RouteTarget } from '../../../src/twin/gateway/route.ts';

const target = (path: string, ...methods: string[]): RouteTarget<string> => ({
  path,
  methods: new Map(methods.map((method) => [method, `${method} ${path}`])),
});

describe('createRouter', () => {
  const route = createRouter([
    target('/', 'GET'),
    target('/items', 'GET', 'POST'),
    target('/items/{id}', 'GET', 'PUT'),
    target('/items/latest', 'GET'),
    target('/items/{id}/parts/{part}', 'ANY', 'DELETE'),
    target('/files/{path+}', 'ANY'),
    target('/{proxy+}', 'PATCH'),
  ]);

  it.each([
    ['GET', '/', 'GET /', {}],
    ['GET', '/items', 'GET /items', {}],
    ['GET', '/items/', 'GET /items', {}],
    ['GET', '/items/latest', 'GET /items/latest', {}],
    ['PUT', '/items/latest', 'PUT /items/{id}', { id: 'latest' }],
    ['PATCH', '/items/latest', 'PATCH /{proxy+}', { proxy: 'items/latest' }],
    ['GET', '/items/a%2Fb%20c', 'GET /items/{id}', { id: 'a%2Fb%20c' }],
    ['DELETE', '/items/1/parts/2', 'DELETE /items/{id}/parts/{part}', { id: '1', part: '2' }],
    ['HEAD', '/items/1/parts/2', 'ANY /items/{id}/parts/{part}', { id: '1', part: '2' }],
    ['GET', '/files/a/b%2Fc', 'ANY /files/{path+}', { path: 'a/b%2Fc' }],
  ])('%s %s is %s', (httpMethod, path, method, pathParameters) => {
    expect(route(httpMethod, path)).toEqual({ method, pathParameters });
  });

  it.each([
    ['DELETE', '/items'],
    ['HEAD', '/items'],
    ['GET', '/nothing'],
    ['GET', '/items//parts/2'],
    ['GET', '/files'],
    ['PATCH', '/'],
  ])('%s %s is nothing', (httpMethod, path) => {
    expect(route(httpMethod, path)).toBeUndefined();
  });

  it('chooses what an exhaustive search for the most specific resource chooses', () => {
    const part = fc.constantFrom('a', 'b', '{x}');
    const resource = fc
      .tuple(fc.array(part, { maxLength: 3 }), fc.boolean(), fc.subarray(['GET', 'POST', 'ANY'], { minLength: 1 }))
      .map(([parts, greedy, methods]) => target(`/${[...parts, ...(greedy ? ['{p+}'] : [])].join('/')}`, ...methods));
    const path = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(resource, { selector: (one) => one.path }), path, (resources, requestPath) => {
        expect(createRouter(resources)('GET', requestPath)?.method).toBe(mostSpecific(resources, requestPath));
      }),
    );
  });
});

/** Tries every resource; of those that match and have the method, the first in literal < variable < greedy order wins. */
const mostSpecific = (resources: readonly RouteTarget<string>[], path: string): string | undefined => {
  const parts = (text: string): string[] => text.split('/').filter((part) => part !== '');
  const rank = (text: string): string =>
    parts(text)
      .map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'))
      .join('');
  const pattern = (text: string): RegExp =>
    new RegExp(
      `^${
        parts(text)
          .map((part) => (part.endsWith('+}') ? '/.+' : part.startsWith('{') ? '/[^/]+' : `/${part}`))
          .join('') || '/'
      }$`,
    );
  const [best] = resources
    .filter((resource) => pattern(resource.path).test(path) && (resource.methods.has('GET') || resource.methods.has('ANY')))
    .sort((one, other) => (rank(one.path) < rank(other.path) ? -1 : 1));
  return best?.methods.get('GET') ?? best?.methods.get('ANY');
};
