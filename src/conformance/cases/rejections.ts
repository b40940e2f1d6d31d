import assert from 'node:assert/strict';
import { methods, operations } from '../../contract/operations.ts';
import { type Api, assertProblem, type Options, type Response } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

/**
 * Sends a body with POST and PUT, and returns both responses. The body may be large: see `roundTrip` for the reason of the
 * condition.
 */
const both = async (api: Api, body: string, headers: Options['headers'] = {}): Promise<Response[]> => {
  const path = `/items/${(await api.create({ kept: true })).id}`;
  const item = await api.request('GET', path);
  const responses = [
    await api.request('POST', '/items', { body, headers }),
    await api.request('PUT', path, { body, headers: { 'if-match': tagOf(item), ...headers } }),
  ];
  assert.equal((await api.request('GET', path)).text, item.text, 'a rejected PUT changed the item');
  return responses;
};

/** Cases about rejected bodies, content types and routes. */
export const rejections: readonly Case[] = [
  {
    name: '400 for a body that is not JSON',
    async run(api) {
      for (const body of ['', '{', '{"a":1,}', '{"a":01}', "{'a':1}", '{"a":NaN}', '{} {}', '{"a":"\t"}']) {
        for (const response of await both(api, body)) assertProblem(response, 'invalid-json', 'invalid-body');
      }
    },
  },
  {
    name: '400 for JSON that is not an object',
    async run(api) {
      for (const body of ['[]', '"text"', '1', 'null', 'true']) {
        for (const response of await both(api, body)) assertProblem(response, 'invalid-item', 'invalid-body');
      }
    },
  },
  {
    name: '400 for an id that cannot be',
    async run(api) {
      for (const id of [1, null, '', 'a/b', 'a b', 'é', 'a:b', 'a@b', 'a%20b', '.', '..', 'x'.repeat(129), ['a'], {}]) {
        const response = await api.request('POST', '/items', { body: { id } });
        assert.match(assertProblem(response, 'invalid-item').detail, /^id must be/);
      }
    },
  },
  {
    name: '400 that names what cannot be kept exactly',
    async run(api) {
      for (const [body, detail] of [
        [`{"a":{"b":[${'1'.repeat(39)}]}}`, /a\.b\[0\].*38/],
        ['{"a":1e126}', /^a .*38/],
        ['{"a":1e-131}', /^a .*38/],
        ['{"a":{"b":"\\ud800"}}', /a\.b.*Unicode/],
        ['{"a":{"":1}}', /name.*empty/],
        [`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`, /deep/],
        [`{"a":${'['.repeat(31)}${']'.repeat(31)}}`, /deep/],
      ] as const) {
        for (const response of await both(api, body)) assert.match(assertProblem(response, 'invalid-item').detail, detail);
      }
    },
  },
  {
    name: '413 for an item over 400 KB',
    async run(api) {
      const values = ['x'.repeat(420_000), Array.from({ length: 500_000 }, () => 0), 'é'.repeat(210_000)];
      for (const value of values) {
        for (const response of await both(api, JSON.stringify({ value }))) assertProblem(response, 'item-too-large');
      }
    },
  },
  {
    name: '415 for a body that does not claim to be JSON',
    async run(api) {
      // Pages of any origin may send the content types of forms, or none, without a preflight.
      for (const [type, body] of [
        ['text/plain', '{"a":1}'],
        ['application/x-www-form-urlencoded', 'a=1'],
        ['application/xml', '<a>1</a>'],
        ['application/jsonp', '{"a":1}'],
        ['text/json', '{"a":1}'],
        [null, '{"a":1}'],
      ] as const) {
        for (const response of await both(api, body, { 'content-type': type })) {
          assert.match(assertProblem(response, 'unsupported-media-type').detail, /application\/json/);
        }
      }
    },
  },
  {
    name: 'an unknown route and a verb without a method are rejected by the gateway',
    async run(api) {
      for (const path of ['/nowhere', `/items/${unique('a')}/b`]) {
        assertProblem(await api.request('GET', path), 'missing-authentication-token');
      }
      for (const path of new Set(operations.map((operation) => operation.path))) {
        const own: readonly string[] = operations.flatMap((operation) => (operation.path === path ? operation.method : []));
        for (const method of methods.filter((candidate) => !own.includes(candidate))) {
          const body = method !== 'GET' && method !== 'DELETE' && { body: {} };
          const response = await api.request(method, path.replace('{id}', unique('a')), { ...body });
          assertProblem(response, 'missing-authentication-token');
        }
      }
    },
  },
  {
    name: 'an unknown or repeated query parameter is a 400 on every operation, and nothing is done',
    async run(api) {
      const { id } = await api.create({ n: 1 });
      for (const { method, path, hasModel, query: own = [] } of operations) {
        const body = hasModel && { body: { id: path.endsWith('{id}') ? id : unique('never'), n: 2 } };
        for (const [query, name] of [
          ['dryRun=true', 'dryRun'],
          ['limit=1&limit=2', 'limit'],
          ['limits=1', 'limits'],
        ] as const) {
          const response = await api.request(method, `${path.replace('{id}', id)}?${query}`, body);
          const { detail } = assertProblem(response, 'invalid-parameter');
          assert.ok(detail.includes(`"${name}"`), detail);
          assert.match(detail, own.length > 0 ? /query parameters limit/ : /no query parameters/);
        }
      }
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 1);
    },
  },
  {
    name: 'an item has one path: any other spelling of it is a 404 that shows it',
    async run(api) {
      const { id } = await api.create({ id: unique('secret'), n: 1 });
      const spellings = [`/items/${id.replace('s', '%73')}`, `/items/${id.replace('-', '%2D')}`, `/items/${id}/`];
      for (const { method, path, hasModel } of operations) {
        if (path !== '/items/{id}') continue;
        for (const spelling of spellings) {
          const { detail } = assertProblem(
            await api.request(method, spelling, hasModel && { body: { n: 2 } }),
            'item-not-found',
          );
          assert.ok(detail.includes(`/items/${id}.`), detail);
        }
      }
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 1);
    },
  },
  {
    name: 'the collection has one path, too',
    async run(api) {
      const { detail } = assertProblem(await api.request('GET', '/items/'), 'path-not-found');
      assert.match(detail, /\/items/);
      assertProblem(await api.request('POST', '/items/', { body: { id: unique('never') } }), 'path-not-found');
    },
  },
];
