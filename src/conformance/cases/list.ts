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
      // Where others have large items between these, a page may be shorter.
      const lengths: number[] = [];
      for (let cursor = ''; !lengths.includes(25); ) {
        const { items, nextCursor } = (await api.request('GET', `/items${cursor && `?cursor=${cursor}`}`)).json();
        lengths.push(items.length);
        assert.equal(typeof nextCursor, 'string', `pages of ${lengths} items`);
        cursor = nextCursor;
      }
      assert.ok(lengths.every((length) => length <= 25));
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
      const mark = unique('gone');
      const ids = new Set<string>();
      for (let n = 0; n < 5; n++) ids.add((await api.create({ mark })).id);
      // The page is cut behind an item of ours, the one that its cursor names: other items are not ours to delete.
      const page = await pageThatEndsWith(api, ids);
      const before = page.items.map(({ id }: { id: string }) => id);
      await api.request('DELETE', `/items/${before.at(-1)}`);
      const seen = [];
      for (let cursor = page.nextCursor; cursor !== undefined; ) {
        const next = await api.request('GET', `/items?limit=100&cursor=${cursor}`);
        assert.equal(next.status, 200, next.text);
        seen.push(...next.json().items);
        cursor = next.json().nextCursor;
      }
      for (const { id } of seen) assert.ok(!before.includes(id), 'a page began again');
      assert.equal(seen.filter((item) => item.mark === mark).length, 4);
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

/** The first page, from wherever it begins, that ends with the first of these items and is not the end of the list. */
const pageThatEndsWith = async (api: Api, ids: ReadonlySet<string>) => {
  for (let cursor = ''; ; ) {
    const from = cursor && `&cursor=${cursor}`;
    const { items, nextCursor } = (await api.request('GET', `/items?limit=100${from}`)).json();
    const index = items.findIndex(({ id }: { id: string }) => ids.has(id));
    if (index >= 0) {
      const page = (await api.request('GET', `/items?limit=${index + 1}${from}`)).json();
      // Unless somebody has put an item before it meanwhile.
      if (ids.has(page.items.at(-1)?.id) && page.nextCursor !== undefined) return page;
    } else {
      assert.equal(typeof nextCursor, 'string', 'the list ended before an item that was created');
      cursor = nextCursor;
    }
  }
};

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
