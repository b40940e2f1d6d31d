import assert from 'node:assert/strict';
import { collectionOf, type Entity } from '../../contract/entities.ts';
import { sampleAttributes } from '../../contract/sample.ts';
import { violationsOf } from '../../contract/violations.ts';
import { type Api, assertProblem, createOnce } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

/** Returns the cases for the collection of any entity. They use attributes that its schema allows. */
export const entityCases = (entity: Entity): readonly Case[] => {
  const path = collectionOf(entity);
  const attributes = sampleAttributes(entity);
  const create = (api: Api, body: object = attributes) => createIn(api, path, body);
  return [
    {
      name: 'creates, reads, replaces, lists and deletes',
      async run(api) {
        const created = await create(api);
        const { id, version, createdAt, updatedAt, ...own } = created;
        assert.deepEqual(own, attributes);
        const read = await api.request('GET', `${path}/${id}`);
        assert.deepEqual(read.json(), created);
        const replaced = await api.request('PUT', `${path}/${id}`, {
          headers: { 'if-match': tagOf(read) },
          body: attributes,
        });
        assert.equal(replaced.status, 200, replaced.text);
        assert.deepEqual(replaced.json(), { ...created, version: 2, updatedAt: replaced.json().updatedAt });
        const again = await api.request('PUT', `${path}/${id}`, { headers: { 'if-match': tagOf(read) }, body: attributes });
        assertProblem(again, 'precondition-failed');
        assert.deepEqual(
          (await listed(api, path)).find((one) => one.id === id),
          replaced.json(),
        );
        assert.equal((await api.request('DELETE', `${path}/${id}`)).status, 204);
        assertProblem(await api.request('GET', `${path}/${id}`), 'item-not-found');
      },
    },
    {
      name: 'ids are unique per collection',
      async run(api) {
        const id = unique('own');
        const response = await api.request('POST', path, { body: { id, ...attributes } });
        assert.equal(response.status, 201, response.text);
        assert.match(response.headers.get('location') ?? '', new RegExp(`${path}/${id}$`));
        const { detail } = assertProblem(await api.request('POST', path, { body: { id, ...attributes } }), 'id-taken');
        assert.match(detail, new RegExp(id));
        assertProblem(await api.request('GET', `${path}/`), 'path-not-found');
      },
    },
    ...(entity.indexes ?? []).map((attribute) => lookUpCase(entity, attribute)),
    ...(entity.indexes?.length ? [indexCase(entity, entity.indexes)] : []),
    ...(entity.schema ? [schemaCase(entity)] : []),
  ];
};

/**
 * Tests the list by an attribute. Such queries are eventually consistent, so the case repeats them until they match the writes.
 */
const lookUpCase = (entity: Entity, attribute: string): Case => ({
  name: `lists by ${attribute}, page by page, in the end with all that was written`,
  async run(api) {
    const path = collectionOf(entity);
    const attributes = sampleAttributes(entity);
    const [one, other] = valuesOf(entity, attribute);
    // With only one valid value, the test cannot distinguish items.
    if (one === other) return;
    const made = await Promise.all(
      [one, one, one, other].map((value) => createIn(api, path, { ...attributes, [attribute]: value })),
    );
    const mine = new Set(made.slice(0, 3).map(({ id }) => id));
    const [moved, removed] = [...mine];
    const found = (): Promise<Set<string>> => lookedUp(api, path, attribute, one, new Set(made.map(({ id }) => id)));
    await eventually(async () => assert.deepEqual(await found(), mine));
    const change = await api.request('PUT', `${path}/${moved}`, { body: { ...attributes, [attribute]: other } });
    assert.equal(change.status, 200, change.text);
    assert.equal((await api.request('DELETE', `${path}/${removed}`)).status, 204);
    mine.delete(moved as string);
    mine.delete(removed as string);
    await eventually(async () => assert.deepEqual(await found(), mine));
    if (entity.schema?.required?.includes(attribute)) return;
    const { [attribute]: _, ...without } = attributes;
    for (const id of mine) assert.equal((await api.request('PUT', `${path}/${id}`, { body: without })).status, 200);
    await eventually(async () => assert.deepEqual(await found(), new Set()));
  },
});

/** Tests invalid values of indexes, and cursors of other lists. */
const indexCase = (entity: Entity, indexes: readonly string[]): Case => ({
  name: 'rejects values that cannot be looked up, and cursors of other lists',
  async run(api) {
    const path = collectionOf(entity);
    const attributes = sampleAttributes(entity);
    for (const attribute of indexes) {
      for (const value of ['', 'x'.repeat(1025), 7, null]) {
        const response = await api.request('POST', path, { body: { ...attributes, [attribute]: value } });
        assert.ok(assertProblem(response, 'invalid-item').detail.includes(attribute));
      }
      for (const value of ['', 'x'.repeat(1025)]) {
        const response = await api.request('GET', `${path}?${attribute}=${value}`);
        assert.ok(assertProblem(response, 'invalid-parameter').detail.includes(attribute));
      }
      const [one, other] = valuesOf(entity, attribute);
      if (one === other) continue;
      const made = await Promise.all([1, 2].map(() => createIn(api, path, { ...attributes, [attribute]: one })));
      assert.equal(made.length, 2);
      const cursor = await eventually(async () => {
        const { nextCursor } = (await api.request('GET', `${path}?${attribute}=${encodeURIComponent(one)}&limit=1`)).json();
        assert.equal(typeof nextCursor, 'string');
        return nextCursor as string;
      });
      for (const query of [`${attribute}=${encodeURIComponent(other)}&cursor=${cursor}`, `cursor=${cursor}`]) {
        assertProblem(await api.request('GET', `${path}?${query}`), 'invalid-parameter');
      }
    }
    const [first, second] = indexes;
    if (second === undefined) return;
    const { detail } = assertProblem(await api.request('GET', `${path}?${first}=a&${second}=b`), 'invalid-parameter');
    assert.ok(detail.includes(`${first}`) && detail.includes(second), detail);
  },
});

/** Tests every keyword of the schema with attributes that violate it. */
const schemaCase = (entity: Entity): Case => ({
  name: 'rejects what its schema does not allow, names it, and writes nothing',
  async run(api) {
    const path = collectionOf(entity);
    const item = await createIn(api, path, sampleAttributes(entity));
    for (const { keyword, path: where, attributes } of violationsOf(entity)) {
      for (const [method, target] of [
        ['POST', path],
        ['PUT', `${path}/${item.id}`],
      ] as const) {
        const { detail } = assertProblem(await api.request(method, target, { body: attributes }), 'invalid-item');
        assert.ok(detail.startsWith(`${where} `), `${keyword}: ${detail}`);
      }
    }
    assert.deepEqual((await api.request('GET', `${path}/${item.id}`)).json(), item);
  },
});

/** Returns two values of an attribute that the schema allows. Unless the schema enumerates them, no other run uses them. */
const valuesOf = ({ schema }: Entity, attribute: string): readonly [string, string] => {
  const own = schema?.properties?.[attribute];
  const [first, second] = (own?.enum ?? []).filter((value) => typeof value === 'string');
  if (first !== undefined) return [first, second ?? first];
  const sized = (text: string): string => text.slice(0, own?.maxLength).padEnd(own?.minLength ?? 0, '.');
  return [sized(unique('a "é" & ü')), sized(unique('b'))];
};

// biome-ignore lint/suspicious/noExplicitAny: an item has the attributes that the case gives it.
const createIn = async (api: Api, path: string, body: object): Promise<any> => {
  const response = await createOnce(api.request, { headers: { 'idempotency-key': crypto.randomUUID() }, body }, path);
  assert.equal(response.status, 201, response.text);
  return response.json();
};

/** Returns those of the ids that a query finds, in pages of two. */
const lookedUp = async (api: Api, path: string, attribute: string, value: string, ids: ReadonlySet<string>) => {
  const found = await listed(api, path, { [attribute]: value, limit: '2' });
  for (const item of found) assert.equal(item[attribute], value);
  return new Set(found.map(({ id }) => id).filter((id) => ids.has(id)));
};

// biome-ignore lint/suspicious/noExplicitAny: items of any shape.
const listed = async (api: Api, path: string, query: Record<string, string> = { limit: '100' }): Promise<any[]> => {
  const items = [];
  for (let cursor: string | undefined; ; ) {
    const response = await api.request('GET', `${path}?${new URLSearchParams({ ...query, ...(cursor && { cursor }) })}`);
    assert.equal(response.status, 200, response.text);
    items.push(...response.json().items);
    cursor = response.json().nextCursor;
    if (cursor === undefined) return items;
  }
};

/** Repeats a check that an eventually consistent read may fail at first. After 50 attempts, throws the last error. */
const eventually = async <Value>(check: () => Promise<Value>): Promise<Value> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 50) throw error;
    }
  }
};
