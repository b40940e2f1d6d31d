import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

/** POST /items. */
export const create: readonly Case[] = [
  {
    name: 'creates an item under an id of its own',
    async run(api) {
      const before = Date.now();
      const response = await api.request('POST', '/items', { body: { name: 'Lamp', tags: ['a', 'b'] } });
      assert.equal(response.status, 201);
      assert.equal(response.headers.get('content-type'), 'application/json');
      assert.match(tagOf(response), /^"[\w-]+"$/);
      const { id, version, createdAt, updatedAt, ...attributes } = response.json();
      assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.deepEqual(attributes, { name: 'Lamp', tags: ['a', 'b'] });
      assert.equal(version, 1);
      assert.equal(createdAt, updatedAt);
      assert.equal(new Date(createdAt).toISOString(), createdAt);
      // The clocks of client and server may differ, but not by an hour.
      assert.ok(Math.abs(Date.parse(createdAt) - before) < 3_600_000, createdAt);
    },
  },
  {
    name: 'returns the Location of the item',
    async run(api) {
      const response = await api.request('POST', '/items', { body: {} });
      const { id } = response.json();
      assert.match(response.headers.get('location') ?? '', new RegExp(`^/.*/items/${id}$|^/items/${id}$`));
      assert.equal((await api.request('GET', `/items/${id}`)).text, response.text);
    },
  },
  {
    name: 'takes an id that the client chose',
    async run(api) {
      const id = unique('Order_7~a.b');
      const response = await api.request('POST', '/items', { body: { id, n: 1 } });
      assert.equal(response.status, 201);
      assert.equal(response.json().id, id);
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 1);
    },
  },
  {
    name: 'responds with 409 for an id that is taken and leaves the item as it is',
    async run(api) {
      const { id } = await api.create({ n: 1 });
      const { detail } = assertProblem(await api.request('POST', '/items', { body: { id, n: 2 } }), 'id-taken');
      assert.match(detail, new RegExp(id));
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 1);
    },
  },
  {
    name: 'ignores version, createdAt and updatedAt in the body',
    async run(api) {
      const item = await api.create({ version: 7, createdAt: 'then', updatedAt: null, n: 1 });
      assert.equal(item.version, 1);
      assert.notEqual(item.createdAt, 'then');
      assert.equal(item.createdAt, item.updatedAt);
      assert.equal(item.n, 1);
    },
  },
  {
    name: 'takes any JSON media type',
    async run(api) {
      for (const type of ['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.items+json']) {
        const response = await api.request('POST', '/items', { headers: { 'content-type': type }, body: { type } });
        assert.equal(response.status, 201, `${type}: ${response.text}`);
        assert.equal(response.json().type, type);
      }
    },
  },
];
