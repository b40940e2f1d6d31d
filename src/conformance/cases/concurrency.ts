import assert from 'node:assert/strict';
import type { ProblemSlug } from '../../contract/problems.ts';
import { assertProblem, createOnce, type Response } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

/**
 * Fails unless exactly one write succeeded, the item is as that write left it, and all others failed with `lost`. A write with
 * the response 503 may have been applied; then no other write may have succeeded.
 */
const assertOneWins = async (
  responses: readonly Response[],
  success: number,
  lost: ProblemSlug,
  read: () => Promise<Response>,
): Promise<void> => {
  const winners = responses.filter(({ status }) => status === success);
  const losers = responses.filter(({ status }) => status !== success);
  for (const response of losers) assertProblem(response, lost, 'store-unavailable');
  const isUncertain = losers.some(({ status }) => status === 503);
  assert.ok(winners.length === 1 || (winners.length === 0 && isUncertain), `expected 1 to win, got ${winners.length}`);
  if (winners.length === 1) assert.equal((await read()).text, winners[0]?.text);
};

/** Cases with parallel requests. */
export const concurrency: readonly Case[] = [
  {
    name: 'of 50 parallel creates of one id one wins',
    async run(api) {
      const id = unique('race');
      const responses = await times(50, (n) => api.request('POST', '/items', { body: { id, n } }));
      await assertOneWins(responses, 201, 'id-taken', () => api.request('GET', `/items/${id}`));
    },
  },
  {
    name: 'of 10 parallel creates with one Idempotency-Key all get the same response',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const responses = await times(10, () => createOnce(api.request, send));
      assert.deepEqual(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size, 1);
      // If a 503 had created the item, its repetition is a replay as well.
      assert.ok(responses.filter(({ headers }) => headers.get('idempotency-replayed') === null).length <= 1);
    },
  },
  {
    name: 'of 50 parallel updates of one version one wins',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const headers = { 'if-match': tagOf(await api.request('GET', path)) };
      const responses = await times(50, (n) => api.request('PUT', path, { headers, body: { n } }));
      await assertOneWins(responses, 200, 'precondition-failed', () => api.request('GET', path));
    },
  },
  {
    name: '20 parallel conditional updates lose none',
    async run(api) {
      const path = `/items/${(await api.create({ done: [] })).id}`;
      await times(20, async (n) => {
        // A 412 means that one of the other 19 updates came first, which each can do once. The remaining attempts are for 503s.
        for (let attempt = 1; attempt <= 40; attempt++) {
          const current = await api.request('GET', path);
          const { done } = current.json();
          // After a 503, this also shows whether the update was applied.
          if (done.includes(n)) return;
          const headers = { 'if-match': tagOf(current) };
          const response = await api.request('PUT', path, { headers, body: { done: [...done, n] } });
          if (response.status === 200) return;
          assertProblem(response, 'precondition-failed', 'store-unavailable');
        }
        assert.fail('none of 40 attempts at an update happened');
      });
      const { done, version } = (await api.request('GET', path)).json();
      assert.deepEqual(new Set(done), new Set(Array.from({ length: 20 }, (_, n) => n)));
      assert.deepEqual([done.length, version], [20, 21]);
    },
  },
  {
    name: 'parallel updates without a condition each count',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const responses = await times(20, (n) => api.request('PUT', path, { body: { n } }));
      const updated = responses.filter(({ status }) => status === 200);
      // After a 503 it is unknown whether the update was applied. Without a condition it is not repeated.
      const doubtful = responses.filter(({ status }) => status !== 200);
      for (const response of doubtful) assertProblem(response, 'store-unavailable');
      assert.equal(new Set(updated.map(tagOf)).size, updated.length);
      const { version } = (await api.request('GET', path)).json();
      const least = 1 + updated.length;
      assert.ok(
        version >= least && version <= least + doubtful.length,
        `version ${version} after ${updated.length} updates`,
      );
    },
  },
];
