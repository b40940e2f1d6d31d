import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, createTagged, foreignTags, unique } from '../case.ts';

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
      const first = await createTagged(api);
      for (const tag of [...foreignTags, `W/${first.tag}`]) {
        const response = await api.request('DELETE', first.path, { headers: { 'if-match': tag } });
        assert.match(assertProblem(response, 'precondition-failed').detail, /version 1/, tag);
      }
      assert.equal((await api.request('DELETE', first.path, { headers: { 'if-match': first.tag } })).status, 204);
      for (const tags of [() => '*', (own: string) => `${foreignTags[0]}, ${own}`]) {
        const { path, tag } = await createTagged(api);
        assert.equal((await api.request('DELETE', path, { headers: { 'if-match': tags(tag) } })).status, 204, tags(tag));
      }
    },
  },
  {
    name: 'honours If-None-Match',
    async run(api) {
      const { path, tag } = await createTagged(api);
      for (const tags of ['*', tag, `W/${tag}`]) {
        assertProblem(await api.request('DELETE', path, { headers: { 'if-none-match': tags } }), 'precondition-failed');
      }
      const headers = { 'if-none-match': foreignTags.join() };
      assert.equal((await api.request('DELETE', path, { headers })).status, 204);
    },
  },
  {
    name: 'frees the id, but not the entity tags of what was there',
    async run(api) {
      const id = unique('again');
      const { path, tag } = await createTagged(api, { id, n: 1 });
      await api.request('DELETE', path);
      const item = await api.create({ id });
      assert.deepEqual([item.version, item.n], [1, undefined]);
      assert.equal((await api.request('GET', path, { headers: { 'if-none-match': tag } })).status, 200);
      const condition = { headers: { 'if-match': tag } };
      assertProblem(await api.request('PUT', path, { ...condition, body: {} }), 'precondition-failed');
      assertProblem(await api.request('DELETE', path, condition), 'precondition-failed');
      assert.deepEqual((await api.request('GET', path)).json(), item);
    },
  },
];
