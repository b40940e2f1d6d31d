import assert from 'node:assert/strict';
import { type Operation, operations } from '../../contract/operations.ts';
import { type Api, assertProblem, type Response } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';
import { assertReadable, listed } from '../cross-origin.ts';

/** Headers that clients may send with every operation: content type, signatures, tokens, keys, and an id that correlates logs. */
const common = [
  'content-type',
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-api-key',
  'x-correlation-id',
];

/** Sends a preflight as browsers do (Fetch standard, 4.8): header names in lower case, sorted, without spaces. */
const preflight = (api: Api, path: string, method: string, names: readonly string[], origin?: string | null) =>
  api.request('OPTIONS', path.replace('{id}', 'any'), {
    headers: {
      accept: '*/*',
      'access-control-request-method': method,
      'access-control-request-headers': [...names].sort().join(),
      ...(origin !== undefined && { origin }),
    },
  });

const methodsOf = (path: string): string[] =>
  [...operations.filter((operation) => operation.path === path).map(({ method }) => method), 'OPTIONS'].sort();

/** Returns origins that are not allowed, but resemble an allowed one or have a special meaning elsewhere. */
const othersThan = ({ origin, otherOrigins }: Api): string[] => {
  const { protocol, host, hostname } = new URL(origin);
  return [
    `https://${unique('other')}.example`,
    `${protocol === 'https:' ? 'http:' : 'https:'}//${host}`,
    `${protocol}//${hostname}:4443`,
    `${origin}.example`,
    `${origin}/`,
    origin.toUpperCase(),
    origin.slice(0, -1),
    `${origin},${origin}`,
    'null',
    'any',
  ].filter((other) => !otherOrigins.includes(other));
};

const allowedOrigin = ({ headers }: Response): string | null => headers.get('access-control-allow-origin');

/** Cases about cross-origin requests. The headers of responses to an allowed origin are also checked in every other case. */
export const crossOrigin: readonly Case[] = [
  ...operations.map(
    ({ method, path, headers = [] }: Operation): Case => ({
      name: `a preflight allows ${method} ${path}`,
      async run(api) {
        const names = [...common, ...headers.map((header) => header.toLowerCase())];
        const response = await preflight(api, path, method, names);
        assert.equal(response.status, 204);
        // Browsers compare methods case-sensitively, unlike names of headers.
        const methods = response.headers.get('access-control-allow-methods')?.split(/\s*,\s*/);
        assert.deepEqual(methods?.sort(), methodsOf(path));
        const allowed = listed(response.headers, 'access-control-allow-headers');
        for (const name of names) assert.ok(allowed.includes(name), name);
        assert.ok(Number(response.headers.get('access-control-max-age')) >= 600);
      },
    }),
  ),
  {
    name: 'an origin is allowed to the letter, or any',
    async run(api) {
      const { id } = await api.create();
      const missing = `/items/${unique('missing')}`;
      const responses = (origin: string): Promise<Response>[] => [
        api.request('GET', `/items/${id}`, { headers: { origin } }),
        api.request('GET', missing, { headers: { origin } }),
        api.request('GET', `/items/${id}`, { headers: { origin, 'if-none-match': '*' } }),
        api.request('PUT', `/items/${id}`, { headers: { origin, 'if-match': '"0"' }, body: {} }),
        preflight(api, '/items', 'POST', ['content-type'], origin),
        preflight(api, '/items/{id}', 'DELETE', [], origin),
      ];
      const isAny = allowedOrigin(await api.request('GET', `/items/${id}`)) === '*';
      for (const origin of othersThan(api)) {
        for (const response of await Promise.all(responses(origin))) {
          assert.equal(allowedOrigin(response), isAny ? '*' : null, `${response.status} for ${origin}`);
        }
      }
    },
  },
  {
    name: 'a request without Origin gets the same response, with Vary',
    async run(api) {
      const { id } = await api.create();
      const headers = { origin: null };
      const read = await api.request('GET', `/items/${id}`, { headers });
      assert.equal(read.status, 200);
      const tag = tagOf(read);
      assert.equal(
        (await api.request('GET', `/items/${id}`, { headers: { ...headers, 'if-none-match': tag } })).status,
        304,
      );
      assert.equal((await api.request('GET', `/items/${unique('missing')}`, { headers })).status, 404);
      assert.equal((await preflight(api, '/items', 'POST', ['content-type'], null)).status, 204);
    },
  },
  {
    name: 'pages of every origin may read why the gateway rejects them',
    async run(api) {
      const origin = `https://${unique('other')}.example`;
      const unrouted = await api.request('GET', '/nowhere', { headers: { origin } });
      const invalid = await api.request('POST', '/items', { headers: { origin }, body: [] });
      assertProblem(unrouted, 'missing-authentication-token');
      assertProblem(invalid, 'invalid-body');
      for (const { headers, status } of [unrouted, invalid]) assertReadable(headers, origin, 'GET', `${status}`);
    },
  },
];
