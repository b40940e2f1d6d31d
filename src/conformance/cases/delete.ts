import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, unique } from '../case.ts';

/** DELETE /items/{id}. */
export const remove: readonly Case[] = [
  {
    name: 'deletes the item',
    async run(api) {
      const { id } = await api.create();
      const response = await api.request('DELETE', `/items/${id}`);
      assert.equal(response.status, 204);
      assertProblem(await api.request('GET', `/items/${id}`), 'item-not-found');
    },
  },
  {
    name: 'answers 404 for an item that is not there, whatever If-Match says',
    async run(api) {
      const path = `/items/${unique('missing')}`;
      assertProblem(await api.request('DELETE', path), 'item-not-found');
      assertProblem(await api.request('DELETE', path, { headers: { 'if-match': '"1"' } }), 'item-not-found');
    },
  },
  {
    name: 'honours If-Match',
    async run(api) {
      const { id } = await api.create();
      const response = await api.request('DELETE', `/items/${id}`, { headers: { 'if-match': '"2"' } });
      assert.match(assertProblem(response, 'precondition-failed').detail, /version 1/);
      assert.equal((await api.request('DELETE', `/items/${id}`, { headers: { 'if-match': '"1"' } })).status, 204);
      for (const tag of ['*', '"9", "1"']) {
        const path = `/items/${(await api.create()).id}`;
        assert.equal((await api.request('DELETE', path, { headers: { 'if-match': tag } })).status, 204, tag);
      }
    },
  },
  {
    name: 'honours If-None-Match',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      for (const tag of ['*', '"1"', 'W/"1"']) {
        assertProblem(await api.request('DELETE', path, { headers: { 'if-none-match': tag } }), 'precondition-failed');
      }
      assert.equal((await api.request('DELETE', path, { headers: { 'if-none-match': '"2"' } })).status, 204);
    },
  },
  {
    name: 'frees the id',
    async run(api) {
      const id = unique('again');
      await api.create({ id, n: 1 });
      await api.request('DELETE', `/items/${id}`);
      const item = await api.create({ id });
      assert.deepEqual([item.version, item.n], [1, undefined]);
    },
  },
];
