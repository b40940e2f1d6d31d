import assert from 'node:assert/strict';
import { assertProblem } from '../api.ts';
import { type Case, unique } from '../case.ts';

/** Cases about data of one caller, for targets with a second caller. */
export const callers: readonly Case[] = [
  {
    name: 'an Idempotency-Key belongs to its caller',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const theirs = await api.request('POST', '/items', { ...send, other: true });
      const own = await api.request('POST', '/items', send);
      assert.deepEqual([theirs.status, own.status], [201, 201], own.text);
      assert.equal(own.headers.get('idempotency-replayed'), null);
      assert.notEqual(own.json().id, theirs.json().id);
      // The response to a different body does not reveal either that the key is in use.
      assert.equal((await api.request('POST', '/items', send)).text, own.text);
      const key = { 'idempotency-key': unique('key') };
      assert.equal((await api.request('POST', '/items', { headers: key, body: { n: 1 }, other: true })).status, 201);
      assert.equal((await api.request('POST', '/items', { headers: key, body: { n: 2 } })).status, 201);
    },
  },
  {
    name: 'a key of another caller does not make a create of a taken id a replay',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { id: unique('chosen') } };
      assert.equal((await api.request('POST', '/items', { ...send, other: true })).status, 201);
      assertProblem(await api.request('POST', '/items', send), 'id-taken');
    },
  },
];
