import assert from 'node:assert/strict';
import { type Operation, operations } from '../../contract/operations.ts';
import { assertProblem } from '../api.ts';
import { type Case, createTagged, unique } from '../case.ts';

/** What holds for paths and query strings: an id has one spelling, and nothing that a client asks for is ignored. */
export const uri: readonly Case[] = [
  {
    name: 'an id has one spelling',
    async run(api) {
      const { id, path } = await createTagged(api, { id: unique('secret'), n: 1 });
      const encoded = `/items/%${id.charCodeAt(0).toString(16)}${id.slice(1)}`;
      for (const other of [encoded, `${path}/`]) {
        for (const [method, body] of [
          ['GET', undefined],
          ['PUT', { n: 2 }],
          ['DELETE', undefined],
        ] as const) {
          const response = await api.request(method, other, body && { body });
          const { detail } = assertProblem(response, 'item-not-found', 'path-not-found');
          assert.match(detail, new RegExp(`/items/${id}\\b`), `${method} ${other}`);
        }
      }
      assert.equal((await api.request('GET', path)).json().n, 1);
    },
  },
  ...operations.map(
    ({ method, path, model }: Operation): Case => ({
      name: `${method} ${path} rejects query parameters that it does not have`,
      async run(api) {
        const item = await createTagged(api, { n: 1 });
        const target = path.replace('{id}', item.id);
        for (const query of [
          'dryRun=true',
          'offset=3',
          'limits=1&x=',
          ...(path === '/items' && method === 'GET' ? [] : ['limit=1']),
        ]) {
          const response = await api.request(method, `${target}?${query}`, model && { body: { n: 2 } });
          const { detail } = assertProblem(response, 'invalid-parameter');
          assert.match(detail, new RegExp(query.slice(0, query.indexOf('='))), query);
        }
        assert.equal((await api.request('GET', item.path)).json().n, 1);
      },
    }),
  ),
  {
    name: 'a query parameter that comes twice is rejected',
    async run(api) {
      const { detail } = assertProblem(await api.request('GET', '/items?limit=1&limit=2'), 'invalid-parameter');
      assert.match(detail, /limit/);
    },
  },
  {
    name: 'a request id that the client sends again does not make a second write the first one',
    async run(api) {
      const { path } = await createTagged(api, { n: 0 });
      const headers = { 'x-amzn-requestid': crypto.randomUUID() };
      for (const n of [1, 2]) {
        const response = await api.request('PUT', path, { headers, body: { n } });
        assert.deepEqual([response.status, response.json().n], [200, n]);
      }
      const { n, version } = (await api.request('GET', path)).json();
      assert.deepEqual({ n, version }, { n: 2, version: 3 });
    },
  },
];
