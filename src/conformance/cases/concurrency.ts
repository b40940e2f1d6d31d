import assert from 'node:assert/strict';
import { type Case, unique } from '../case.ts';

const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

/** What holds when many ask at once. */
export const concurrency: readonly Case[] = [
  {
    name: 'of 50 parallel creates of one id one wins',
    async run(api) {
      const id = unique('race');
      const answers = await times(50, (n) => api.request('POST', '/items', { body: { id, n } }));
      const winners = answers.filter(({ status }) => status === 201);
      assert.equal(winners.length, 1);
      assert.ok(answers.every(({ status }) => status === 201 || status === 409));
      assert.equal((await api.request('GET', `/items/${id}`)).text, winners[0]?.text);
    },
  },
  {
    name: 'of 10 parallel creates with one Idempotency-Key all are answered alike',
    async run(api) {
      const send = { headers: { 'idempotency-key': unique('key') }, body: { n: 1 } };
      const answers = await times(10, () => api.request('POST', '/items', send));
      assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
      assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1);
    },
  },
  {
    name: 'of 50 parallel updates of one version one wins',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const headers = { 'if-match': '"1"' };
      const answers = await times(50, (n) => api.request('PUT', path, { headers, body: { n } }));
      const winners = answers.filter(({ status }) => status === 200);
      assert.equal(winners.length, 1);
      assert.ok(answers.every(({ status }) => status === 200 || status === 412));
      assert.equal((await api.request('GET', path)).text, winners[0]?.text);
    },
  },
  {
    name: '20 parallel conditional updates lose none',
    async run(api) {
      const path = `/items/${(await api.create({ counter: 0 })).id}`;
      await times(20, async () => {
        for (;;) {
          const current = await api.request('GET', path);
          const headers = { 'if-match': current.headers.get('etag') ?? '' };
          const body = { counter: current.json().counter + 1 };
          const { status } = await api.request('PUT', path, { headers, body });
          if (status === 200) return;
          assert.equal(status, 412);
        }
      });
      const { counter, version } = (await api.request('GET', path)).json();
      assert.deepEqual({ counter, version }, { counter: 20, version: 21 });
    },
  },
  {
    name: 'parallel updates without a condition each count',
    async run(api) {
      const path = `/items/${(await api.create()).id}`;
      const answers = await times(20, (n) => api.request('PUT', path, { body: { n } }));
      const tags = answers.map(({ headers }) => headers.get('etag'));
      assert.equal(new Set(tags).size, 20);
      assert.equal((await api.request('GET', path)).headers.get('etag'), '"21"');
    },
  },
];
