import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, otherTag, tagOf, unique } from '../case.ts';

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
    name: 'responds with 404 for an item that is not there, whatever If-Match says',
    async run(api) {
      const path = `/items/${unique('missing')}`;
      assertProblem(await api.request('DELETE', path), 'item-not-found');
      assertProblem(await api.request('DELETE', path, { headers: { 'if-match': otherTag } }), 'item-not-found');
    },
  },
  {
    name: 'honours If-Match',
    async run(api) {
      for (const tagsWith of [(tag: string) => tag, () => '*', (tag: string) => `${otherTag}, ${tag}`]) {
        const path = `/items/${(await api.create()).id}`;
        const own = tagOf(await api.request('GET', path));
        const { detail } = assertProblem(
          await api.request('DELETE', path, { headers: { 'if-match': otherTag } }),
          'precondition-failed',
        );
        assert.match(detail, /version 1/);
        assert.equal((await api.request('DELETE', path, { headers: { 'if-match': tagsWith(own) } })).status, 204);
      }
    },
  },
  {
    name: 'honours If-None-Match',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const own = tagOf(await api.request('GET', path));
      for (const tag of ['*', own, `W/${own}`]) {
        assertProblem(await api.request('DELETE', path, { headers: { 'if-none-match': tag } }), 'precondition-failed');
      }
      assert.equal((await api.request('DELETE', path, { headers: { 'if-none-match': otherTag } })).status, 204);
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
  {
    name: 'an item of the same id has another entity tag',
    async run(api) {
      const id = unique('again');
      const path = `/items/${id}`;
      await api.create({ id, n: 1 });
      const tag = tagOf(await api.request('GET', path));
      await api.request('DELETE', path);
      await api.create({ id, n: 2 });
      const again = await api.request('GET', path, { headers: { 'if-none-match': tag } });
      assert.equal(again.status, 200);
      assert.notEqual(tagOf(again), tag);
      const headers = { 'if-match': tag };
      assertProblem(await api.request('PUT', path, { headers, body: { n: 3 } }), 'precondition-failed');
      assertProblem(await api.request('DELETE', path, { headers }), 'precondition-failed');
      assert.equal((await api.request('GET', path)).json().n, 2);
    },
  },
];
