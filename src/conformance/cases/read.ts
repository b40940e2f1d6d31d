import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, otherTag, tagOf, unique } from '../case.ts';

/** GET /items/{id}. */
export const read: readonly Case[] = [
  {
    name: 'returns the item and its entity tag',
    async run(api) {
      const created = await api.request('POST', '/items', { body: { name: 'Lamp', price: 12.5 } });
      const response = await api.request('GET', `/items/${created.json().id}`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/json');
      assert.equal(tagOf(response), tagOf(created));
      assert.deepEqual(response.json(), created.json());
    },
  },
  {
    name: 'responds with 304 while the client’s copy is good',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const own = tagOf(await api.request('GET', path));
      for (const tag of [own, `W/${own}`, `${otherTag}, ${own}`, '*']) {
        const response = await api.request('GET', path, { headers: { 'if-none-match': tag } });
        assert.equal(response.status, 304, tag);
        assert.equal(tagOf(response), own);
      }
      for (const tag of [otherTag, '"1"']) {
        const response = await api.request('GET', path, { headers: { 'if-none-match': tag } });
        assert.equal(response.status, 200, `If-None-Match: ${tag}`);
      }
    },
  },
  {
    name: 'responds with 412 unless If-Match names the entity tag',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const own = tagOf(await api.request('GET', path));
      const get = (tag: string) => api.request('GET', path, { headers: { 'if-match': tag } });
      for (const tag of [own, '*', `${otherTag}, ${own}`]) assert.equal((await get(tag)).status, 200, tag);
      for (const tag of [otherTag, '"1"', `W/${own}`]) {
        const { detail } = assertProblem(await get(tag), 'precondition-failed');
        assert.ok(detail.includes(own), detail);
      }
    },
  },
  {
    name: 'responds with 404 for an id that is not there, and for one that cannot be',
    async run(api) {
      const id = unique('missing');
      const { detail } = assertProblem(await api.request('GET', `/items/${id}`), 'item-not-found');
      assert.match(detail, new RegExp(id));
      for (const impossible of ['%20', '%C3%A9', 'a:b', 'a@b', 'x'.repeat(129), '%'.repeat(900)]) {
        const { detail } = assertProblem(await api.request('GET', `/items/${impossible}`), 'item-not-found');
        assert.match(detail, /1 to 128 characters/, impossible);
      }
    },
  },
];
