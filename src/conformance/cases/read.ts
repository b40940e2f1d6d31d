import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, unique } from '../case.ts';

/** GET /items/{id}. */
export const read: readonly Case[] = [
  {
    name: 'returns the item and its entity tag',
    async run(api) {
      const item = await api.create({ name: 'Lamp', price: 12.5 });
      const response = await api.request('GET', `/items/${item.id}`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/json');
      assert.equal(response.headers.get('etag'), '"1"');
      assert.deepEqual(response.json(), item);
    },
  },
  {
    name: 'answers 304 while the client’s copy is good',
    async run(api) {
      const { id } = await api.create();
      for (const tag of ['"1"', 'W/"1"', '"9", "1"', '*']) {
        const response = await api.request('GET', `/items/${id}`, { headers: { 'if-none-match': tag } });
        assert.equal(response.status, 304, tag);
        assert.equal(response.headers.get('etag'), '"1"');
      }
      for (const tag of ['"2"', '1', '"11"', '']) {
        const response = await api.request('GET', `/items/${id}`, { headers: { 'if-none-match': tag } });
        assert.equal(response.status, 200, `If-None-Match: ${tag}`);
      }
    },
  },
  {
    name: 'answers 412 unless the item is at the version that If-Match names',
    async run(api) {
      const { id } = await api.create();
      const get = (tag: string) => api.request('GET', `/items/${id}`, { headers: { 'if-match': tag } });
      for (const tag of ['"1"', '*', '"2", "1"']) assert.equal((await get(tag)).status, 200, tag);
      for (const tag of ['"2"', 'W/"1"']) assertProblem(await get(tag), 'precondition-failed');
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
