import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { assertStrong, type Case, createTagged, foreignTags, tagOf, unique } from '../case.ts';

/** GET /items/{id}. */
export const read: readonly Case[] = [
  {
    name: 'returns the item and its entity tag',
    async run(api) {
      const item = await api.create({ name: 'Lamp', price: 12.5 });
      const response = await api.request('GET', `/items/${item.id}`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/json');
      assertStrong(tagOf(response));
      assert.deepEqual(response.json(), item);
    },
  },
  {
    name: 'answers 304 while the client’s copy is good',
    async run(api) {
      const { path, tag } = await createTagged(api);
      for (const tags of [tag, `W/${tag}`, `${foreignTags[0]}, ${tag}`, '*']) {
        const response = await api.request('GET', path, { headers: { 'if-none-match': tags } });
        assert.equal(response.status, 304, tags);
        assert.equal(tagOf(response), tag);
      }
      for (const tags of [...foreignTags, tag.slice(1, -1), '']) {
        const response = await api.request('GET', path, { headers: { 'if-none-match': tags } });
        assert.equal(response.status, 200, `If-None-Match: ${tags}`);
      }
    },
  },
  {
    name: 'answers 412 unless the item is at the version that If-Match names',
    async run(api) {
      const { path, tag } = await createTagged(api);
      const get = (tags: string) => api.request('GET', path, { headers: { 'if-match': tags } });
      for (const tags of [tag, '*', `${foreignTags[0]}, ${tag}`]) assert.equal((await get(tags)).status, 200, tags);
      for (const tags of [...foreignTags, `W/${tag}`]) assertProblem(await get(tags), 'precondition-failed');
    },
  },
  {
    name: 'answers 404 for an id that is not there, and for one that cannot be',
    async run(api) {
      const id = unique('missing');
      const { detail } = assertProblem(await api.request('GET', `/items/${id}`), 'item-not-found');
      assert.match(detail, new RegExp(id));
      for (const impossible of ['%20', '%C3%A9', 'x'.repeat(129)]) {
        assertProblem(await api.request('GET', `/items/${impossible}`), 'item-not-found');
      }
    },
  },
];
