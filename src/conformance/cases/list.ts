import assert from 'node:assert/strict';
import { type Api, assertProblem } from '../api.ts';
import { type Case, unique } from '../case.ts';

/** GET /items. */
export const list: readonly Case[] = [
  {
    name: 'lists items as GET returns them',
    async run(api) {
      const item = await api.create({ mark: unique('mark'), list: [1, { a: null }] });
      const found = (await pages(api, 100)).flat().filter(({ id }) => id === item.id);
      assert.deepEqual(found, [item]);
    },
  },
  {
    name: 'pages through 250 items without loss or duplicate',
    async run(api) {
      const mark = unique('page');
      const ids = new Set<string>();
      for (let ten = 0; ten < 25; ten++) {
        const made = await Promise.all(Array.from({ length: 10 }, () => api.create({ mark })));
        for (const { id } of made) ids.add(id);
      }
      for (const limit of [100, 7]) {
        const listed = await pages(api, limit);
        const mine = listed.flat().filter((item) => item.mark === mark);
        assert.equal(mine.length, 250, `limit ${limit}`);
        assert.deepEqual(new Set(mine.map(({ id }) => id)), ids, `limit ${limit}`);
        assert.ok(listed.every((page) => page.length <= limit));
      }
    },
  },
  {
    name: 'gives 25 items a page unless told otherwise',
    async run(api) {
      await Promise.all(Array.from({ length: 30 }, () => api.create()));
      const { items, nextCursor } = (await api.request('GET', '/items')).json();
      assert.equal(items.length, 25);
      assert.equal(typeof nextCursor, 'string');
      assert.equal((await api.request('GET', '/items?limit=1')).json().items.length, 1);
      assert.equal((await api.request('GET', '/items?limit=100')).status, 200);
    },
  },
  {
    name: 'answers 400 for a bad limit',
    async run(api) {
      for (const limit of ['0', '101', '-1', '1.5', '1e1', 'many', '', '%20', '007']) {
        const { detail } = assertProblem(await api.request('GET', `/items?limit=${limit}`), 'invalid-parameter');
        assert.match(detail, /limit/, limit);
      }
    },
  },
  {
    name: 'answers 400 for a cursor that it did not make',
    async run(api) {
      for (const cursor of ['', '%20', 'a', '!!!!', Buffer.from('a/b').toString('base64url'), `${'A'.repeat(400)}`]) {
        const { detail } = assertProblem(await api.request('GET', `/items?cursor=${cursor}`), 'invalid-parameter');
        assert.match(detail, /cursor/, cursor);
      }
    },
  },
  {
    name: 'goes on after an item that was deleted meanwhile',
    async run(api) {
      await Promise.all(Array.from({ length: 5 }, () => api.create()));
      const first = (await api.request('GET', '/items?limit=2')).json();
      const before = first.items.map(({ id }: { id: string }) => id);
      await api.request('DELETE', `/items/${before[1]}`);
      const second = await api.request('GET', `/items?limit=2&cursor=${first.nextCursor}`);
      assert.equal(second.status, 200);
      assert.equal(second.json().items.length, 2);
      for (const { id } of second.json().items) assert.ok(!before.includes(id), 'a page began again');
    },
  },
  {
    name: 'lists items of any size, in shorter pages where they are large',
    async run(api) {
      const mark = unique('large');
      // Every one of these takes six bytes of JSON for a byte of the item.
      for (let n = 0; n < 3; n++) await api.create({ mark, text: '\u0001'.repeat(390_000) });
      const found = (await pages(api, 100)).flat().filter((item) => item.mark === mark);
      assert.equal(found.length, 3);
      for (const { id } of found) await api.request('DELETE', `/items/${id}`);
    },
  },
];

// biome-ignore lint/suspicious/noExplicitAny: items of any shape.
const pages = async (api: Api, limit: number): Promise<any[][]> => {
  const read = [];
  for (let cursor = ''; ; ) {
    const response = await api.request('GET', `/items?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    assert.equal(response.status, 200, response.text);
    const { items, nextCursor, ...rest } = response.json();
    assert.deepEqual(rest, {});
    read.push(items);
    if (nextCursor === undefined) return read;
    cursor = nextCursor;
  }
};
