import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, otherTag, tagOf, unique } from '../case.ts';

/** PUT /items/{id}. */
export const update: readonly Case[] = [
  {
    name: 'replaces the attributes and counts the version',
    async run(api) {
      const before = Date.now();
      const item = await api.create({ name: 'Lamp', old: true });
      const response = await api.request('PUT', `/items/${item.id}`, { body: { name: 'Desk lamp' } });
      assert.equal(response.status, 200);
      const { updatedAt, ...rest } = response.json();
      assert.deepEqual(rest, { id: item.id, version: 2, createdAt: item.createdAt, name: 'Desk lamp' });
      assert.equal(new Date(updatedAt).toISOString(), updatedAt);
      // The clock may be another one than that of createdAt, but must not differ by an hour.
      assert.ok(Math.abs(Date.parse(updatedAt) - before) < 3_600_000, updatedAt);
      assert.equal((await api.request('GET', `/items/${item.id}`)).text, response.text);
    },
  },
  {
    name: 'takes back what GET returned',
    async run(api) {
      const { id } = await api.create({ n: 1 });
      const got = await api.request('GET', `/items/${id}`);
      const headers = { 'if-match': tagOf(got) };
      const response = await api.request('PUT', `/items/${id}`, { headers, body: got.text });
      assert.equal(response.status, 200, response.text);
      assert.deepEqual({ ...response.json(), updatedAt: 0 }, { ...got.json(), version: 2, updatedAt: 0 });
    },
  },
  {
    name: 'honours If-Match',
    async run(api) {
      const { id } = await api.create({ n: 0 });
      const put = (tag: string, n: number) =>
        api.request('PUT', `/items/${id}`, { headers: { 'if-match': tag }, body: { n } });
      const first = tagOf(await api.request('GET', `/items/${id}`));
      const second = tagOf(await put(first, 1));
      const third = tagOf(await put(`${otherTag}, ${second}`, 2));
      const fourth = tagOf(await put('*', 3));
      assert.equal(new Set([first, second, third, fourth]).size, 4);
      for (const tag of [first, third, `W/${fourth}`, otherTag, '"4"']) {
        const { detail } = assertProblem(await put(tag, 9), 'precondition-failed');
        assert.match(detail, /version 4/, tag);
        assert.ok(detail.includes(fourth), detail);
      }
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 3);
    },
  },
  {
    name: 'honours If-None-Match',
    async run(api) {
      const { id } = await api.create({ n: 0 });
      const own = tagOf(await api.request('GET', `/items/${id}`));
      const put = (tag: string) => api.request('PUT', `/items/${id}`, { headers: { 'if-none-match': tag }, body: { n: 1 } });
      for (const tag of ['*', own, `W/${own}`, `${otherTag}, ${own}`]) {
        assertProblem(await put(tag), 'precondition-failed');
      }
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 0);
      assert.equal((await put(otherTag)).status, 200);
    },
  },
  {
    name: 'two updates with one request id are two',
    async run(api) {
      const { id } = await api.create({ n: 0 });
      // Clients can choose the request id of API Gateway.
      const headers = { 'x-amzn-requestid': crypto.randomUUID() };
      const first = await api.request('PUT', `/items/${id}`, { headers, body: { n: 1 } });
      const second = await api.request('PUT', `/items/${id}`, { headers, body: { n: 2 } });
      assert.deepEqual([first.status, second.status], [200, 200], second.text);
      assert.deepEqual([second.json().version, second.json().n], [3, 2]);
      assert.notEqual(tagOf(second), tagOf(first));
      assert.equal((await api.request('GET', `/items/${id}`)).text, second.text);
    },
  },
  {
    name: 'responds with 400 for more entity tags than it can look at',
    async run(api) {
      const { id } = await api.create();
      const headers = { 'if-match': Array.from({ length: 51 }, (_, index) => `"${index + 1}"`).join() };
      const { detail } = assertProblem(await api.request('PUT', `/items/${id}`, { headers, body: {} }), 'invalid-parameter');
      assert.match(detail, /if-match.*50/);
    },
  },
  {
    name: 'responds with 400 for entity tags without quotes',
    async run(api) {
      const { id } = await api.create({ n: 0 });
      const tag = tagOf(await api.request('GET', `/items/${id}`)).slice(1, -1);
      for (const name of ['if-match', 'if-none-match']) {
        for (const value of [tag, `W/${tag}`, `"${tag}`, `*, "${tag}"`, `"${tag}" "${tag}"`]) {
          const response = await api.request('PUT', `/items/${id}`, { headers: { [name]: value }, body: { n: 1 } });
          assert.match(assertProblem(response, 'invalid-parameter').detail, new RegExp(`${name}.*double quotes`), value);
        }
      }
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 0);
    },
  },
  {
    name: 'responds with 404 for an item that is not there and does not create it',
    async run(api) {
      const path = `/items/${unique('missing')}`;
      assertProblem(await api.request('PUT', path, { body: { n: 1 } }), 'item-not-found');
      assertProblem(await api.request('PUT', path, { headers: { 'if-match': otherTag }, body: { n: 1 } }), 'item-not-found');
      assertProblem(await api.request('PUT', path, { headers: { 'if-match': '*' }, body: { n: 1 } }), 'item-not-found');
      assertProblem(await api.request('GET', path), 'item-not-found');
    },
  },
  {
    name: 'responds with 400 for an id other than the path’s',
    async run(api) {
      const { id } = await api.create({ n: 1 });
      const { detail } = assertProblem(await api.request('PUT', `/items/${id}`, { body: { id: 'other' } }), 'invalid-item');
      assert.match(detail, new RegExp(id));
      assert.equal((await api.request('GET', `/items/${id}`)).json().version, 1);
    },
  },
];
