import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

/** POST /items with an Idempotency-Key. */
export const idempotency: readonly Case[] = [
  {
    name: 'a replay gets the response of the first call',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const first = await api.request('POST', '/items', send);
      assert.equal(first.status, 201);
      assert.equal(first.headers.get('idempotency-replayed'), null);
      const replay = await api.request('POST', '/items', send);
      assert.equal(replay.status, 201);
      assert.equal(replay.headers.get('idempotency-replayed'), 'true');
      assert.equal(replay.text, first.text);
      for (const name of ['location', 'etag', 'content-type'])
        assert.equal(replay.headers.get(name), first.headers.get(name));
    },
  },
  {
    name: 'a replay still is, after the item was updated',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const first = await api.request('POST', '/items', send);
      const { id } = first.json();
      const update = { headers: { 'if-match': tagOf(first) }, body: { n: 2 } };
      assert.equal((await api.request('PUT', `/items/${id}`, update)).status, 200);
      const replay = await api.request('POST', '/items', send);
      assert.equal(replay.text, first.text);
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 2);
    },
  },
  {
    name: 'the key with another body is a 422',
    async run(api) {
      const headers = { 'idempotency-key': unique('key') };
      const { id } = (await api.request('POST', '/items', { headers, body: { n: 1 } })).json();
      assertProblem(await api.request('POST', '/items', { headers, body: { n: 2 } }), 'idempotency-key-reused');
      assert.equal((await api.request('GET', `/items/${id}`)).json().n, 1);
    },
  },
  {
    name: 'works with an id that the client chose',
    async run(api) {
      const id = unique('chosen');
      const headers = { 'idempotency-key': unique('key') };
      const first = await api.request('POST', '/items', { headers, body: { id, n: 1 } });
      const replay = await api.request('POST', '/items', { headers, body: { id, n: 1 } });
      assert.equal(replay.text, first.text);
      assertProblem(await api.request('POST', '/items', { headers, body: { id, n: 2 } }), 'idempotency-key-reused');
      const other = { headers: { 'idempotency-key': unique('key') }, body: { id, n: 1 } };
      assertProblem(await api.request('POST', '/items', other), 'id-taken');
    },
  },
  {
    name: 'different keys make different items of one body',
    async run(api) {
      const ids = await Promise.all(
        [1, 2].map(async () => {
          const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
          return (await api.request('POST', '/items', send)).json().id;
        }),
      );
      assert.notEqual(ids[0], ids[1]);
    },
  },
  {
    name: 'a key of over 255 characters is a 400',
    async run(api) {
      const headers = { 'idempotency-key': 'k'.repeat(256) };
      const { detail } = assertProblem(await api.request('POST', '/items', { headers, body: {} }), 'invalid-parameter');
      assert.match(detail, /Idempotency-Key/);
    },
  },
  {
    name: 'a key is new again once its item was deleted',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const first = await api.request('POST', '/items', send);
      const path = `/items/${first.json().id}`;
      await api.request('DELETE', path);
      const second = await api.request('POST', '/items', send);
      assert.equal(second.status, 201);
      assert.equal(second.headers.get('idempotency-replayed'), null);
      assert.notEqual(tagOf(second), tagOf(first));
      const headers = { 'if-match': tagOf(first) };
      assertProblem(await api.request('DELETE', path, { headers }), 'precondition-failed');
    },
  },
  {
    name: 'without a key, two creates with one request id are two',
    async run(api) {
      // Clients can choose the request id of API Gateway.
      const headers = { 'x-amzn-requestid': crypto.randomUUID() };
      const id = unique('chosen');
      assert.equal((await api.request('POST', '/items', { headers, body: { id } })).status, 201);
      assertProblem(await api.request('POST', '/items', { headers, body: { id } }), 'id-taken');
    },
  },
];
