import assert from 'node:assert/strict';
import { type Operation, operations } from '../../contract/operations.ts';
import { assertProblem } from '../api.ts';
import type { Case } from '../case.ts';

/** Cases for targets that require authentication. */
export const authorization: readonly Case[] = [
  ...operations.map(
    ({ method, path, hasModel }: Operation): Case => ({
      name: `${method} ${path} rejects unauthenticated requests`,
      async run(api) {
        const item = await api.create({ kept: true });
        const body = hasModel && { body: { kept: false } };
        const response = await api.request(method, path.replace('{id}', item.id), { anonymous: true, ...body });
        assertProblem(response, 'unauthorized', 'missing-authentication-token', 'invalid-api-key');
        assert.deepEqual((await api.request('GET', `/items/${item.id}`)).json(), item);
      },
    }),
  ),
  {
    name: 'a preflight needs no authorization, as browsers send none',
    async run(api) {
      const headers = { 'access-control-request-method': 'GET' };
      for (const path of ['/items', '/items/any']) {
        assert.equal((await api.request('OPTIONS', path, { anonymous: true, headers })).status, 204);
      }
    },
  },
];
