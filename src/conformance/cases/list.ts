import assert from 'node:assert/strict';
import { type Api, assertProblem } from '../api.ts';
import { type Case, unique } from '../case.ts';

/** GET /items. */
export const list: readonly Case[] = [
  {
    name: 'lists items as GET returns them',
    async run(api) {
      const item = await api.create({ mark: unique('mark'), list: [1, { a: null }] });
      const found = (await listed(api, 100)).filter(({ id }) => id === item.id);
      assert.deepEqual(found, [item]);
    },
  },
  {
    name: 'pages through 250 items without loss or duplicate',
    async run(api) {
      const mark = unique('page');
      const ids: string[] = [];
      for (let ten = 0; ten < 25; ten++) {
        const made = await Promise.all(Array.from({ length: 10 }, () => api.create({ mark })));
        ids.push(...made.map(({ id }) => id));
      }
      for (const limit of [100, 7]) {
        const mine = (await listed(api, limit)).filter((item) => item.mark === mark);
        assert.equal(mine.length, 250, `limit ${limit}`);
        assert.deepEqual(new Set(mine.map(({ id }) => id)), new Set(ids), `limit ${limit}`);
      }
    },
  },
  {
    name: 'gives 25 items a page unless told otherwise',
    async run(api) {
      await Promise.all(Array.from({ length: 30 }, () => api.create()));
      for await (const { items, nextCursor, size } of walk(api)) {
        if (items.length === 25) break;
        // With large items of other clients, there may be no page of 25 items. The pages that end early must then be large.
        const isCut = nextCursor !== undefined;
        assert.ok(!isCut || size > cutPageSize, `a page of ${items.length} items and ${size} bytes is not the last one`);
      }
      assert.equal((await api.request('GET', '/items?limit=1')).json().items.length, 1);
      assert.equal((await api.request('GET', '/items?limit=100')).status, 200);
    },
  },
  {
    name: 'responds with 400 for a bad limit',
    async run(api) {
      for (const limit of ['0', '101', '-1', '1.5', '1e1', 'many', '', '%20', '007']) {
        const { detail } = assertProblem(await api.request('GET', `/items?limit=${limit}`), 'invalid-parameter');
        assert.match(detail, /limit/, limit);
      }
    },
  },
  {
    name: 'responds with 400 for a cursor that it did not make',
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
      // The page ends with an item of this run, which is the one that the cursor names: items of others must not be deleted.
      const first = await pageThatEndsWith(api, ids);
      ids.delete(first.id);
      const second = await pageThatEndsWith(api, ids, first.nextCursor);
      ids.delete(second.id);
      assert.equal((await api.request('DELETE', `/items/${second.id}`)).status, 204);
      // If the list began again, it would contain the first item.
      const mine = (await listed(api, 100, second.nextCursor)).filter((item) => item.mark === mark);
      assert.deepEqual(mine.map(({ id }) => id).sort(), [...ids].sort());
    },
  },
  {
    name: 'lists items of any size, in shorter pages where they are large',
    async run(api) {
      const mark = unique('large');
      // Each of these takes six bytes of JSON per byte of the item.
      for (let n = 0; n < 3; n++) await api.create({ mark, text: '\u0001'.repeat(390_000) });
      const found = (await listed(api, 100)).filter((item) => item.mark === mark);
      assert.equal(found.length, 3);
    },
  },
];

/**
 * Bytes of a page that is not the last one, if it ends before its limit. Only the size of its items is a valid reason for that:
 * DynamoDB reads 1 MB for a page, and a function returns a few MB. This number is far below both limits, and above the size of a
 * page of small items.
 */
const cutPageSize = 20_000;

interface Page {
  /** The cursor of the page. Undefined for the first one. */
  readonly cursor: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: items of any shape.
  readonly items: readonly any[];
  /** Undefined at the end of the list. */
  readonly nextCursor: string | undefined;
  /** Bytes of JSON. */
  readonly size: number;
}

/** Yields the pages of the list from a cursor on, with up to `limit` items each. */
async function* walk(api: Api, limit?: number, from?: string): AsyncGenerator<Page, void> {
  const cursors = new Set<string>();
  for (let cursor = from; ; ) {
    const query = new URLSearchParams({ ...(limit && { limit: `${limit}` }), ...(cursor !== undefined && { cursor }) });
    const response = await api.request('GET', query.size ? `/items?${query}` : '/items');
    assert.equal(response.status, 200, response.text);
    const { items, nextCursor, ...rest } = response.json();
    assert.deepEqual(rest, {});
    assert.ok(items.length <= (limit ?? 25), `a page of ${items.length} items`);
    yield { cursor, items, nextCursor, size: Buffer.byteLength(response.text) };
    if (nextCursor === undefined) return;
    // Creates and deletes by other clients do not change the order. A page that led back to an earlier one would make the list
    // endless.
    assert.equal(typeof nextCursor, 'string');
    assert.ok(!cursors.has(nextCursor), 'a page leads back to an earlier one');
    cursors.add(nextCursor);
    cursor = nextCursor;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: items of any shape.
const listed = async (api: Api, limit: number, from?: string): Promise<any[]> => {
  const items = [];
  for await (const page of walk(api, limit, from)) items.push(...page.items);
  return items;
};

/**
 * Returns the cursor after the first of these items, and its id; others of them must follow. The page contains only that item, so
 * that creates and deletes by others between two requests cannot move another item onto it.
 */
const pageThatEndsWith = async (api: Api, ids: ReadonlySet<string>, from?: string) => {
  const pageWithOne = async (limit: number, begin: string | undefined): Promise<Page> => {
    for await (const page of walk(api, limit, begin)) if (page.items.some(({ id }) => ids.has(id))) return page;
    assert.fail('the list ended before an item that was created');
  };
  // Nobody deletes these items, so each walk reaches the first of them. The longer pages only save requests.
  const { cursor: near } = await pageWithOne(100, from);
  const { cursor: nearer } = await pageWithOne(10, near);
  const { items, nextCursor } = await pageWithOne(1, nearer);
  assert.equal(typeof nextCursor, 'string', 'the list ended before the last item that was created');
  return { id: items[0].id as string, nextCursor };
};
