import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openApi } from '../../src/conformance/api.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { type Relay, relay } from '../relay.ts';

let stack: Stack | undefined;
let url = '';
beforeAll(async () => {
  stack = await start(typescript.template, typescript.options);
  url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
});
afterAll(() => stack?.stop());

const relays: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(relays.splice(0).map(({ stop }) => stop())));

/** An API whose answers get lost as often as it is told. */
const losing = async (times: number, of: (request: Parameters<Relay>[0]) => boolean) => {
  let lost = 0;
  const between = await relay(url, async (request, forward) => {
    const answer = await forward(request);
    return of(request) && lost++ < times ? null : answer;
  });
  relays.push(between);
  return openApi(between);
};

const items = async (): Promise<unknown> => (await (await fetch(`${url}/items`)).json()) as unknown;

it('removes what was created and not deleted, and counts it', async () => {
  const api = openApi({ url });
  const [first] = await Promise.all([api.create(), api.create(), api.create({ id: 'Order_7~a.b' })]);
  await api.request('DELETE', `/items/${first.id}`);
  await api.request('PUT', '/items/Order_7~a.b', { body: {} });
  expect(await api.cleanUp()).toEqual({ created: 3, deleted: 1, removed: 2, remaining: [] });
  expect(await items()).toEqual({ items: [] });
});

it('tells what is there, to whoever cannot wait for the removal', async () => {
  const there = new Set<string>();
  const onItem = (path: string, state: 'created' | 'deleted') =>
    state === 'created' ? there.add(path) : there.delete(path);
  const api = openApi({ url, onItem });
  const [first, second] = await Promise.all([api.create(), api.create()]);
  expect(there).toEqual(new Set([`/items/${first.id}`, `/items/${second.id}`]));
  await api.request('DELETE', `/items/${first.id}`);
  expect(there).toEqual(new Set([`/items/${second.id}`]));
  await api.cleanUp();
  expect(there).toEqual(new Set());
});

it('counts an item once, however often its creation is replayed', async () => {
  const api = openApi({ url });
  const send = { headers: { 'idempotency-key': crypto.randomUUID() }, body: { n: 1 } };
  for (let n = 0; n < 3; n++) await api.request('POST', '/items', send);
  expect(await api.cleanUp()).toEqual({ created: 1, deleted: 0, removed: 1, remaining: [] });
});

it('removes what a request made whose answer got lost', async () => {
  const api = await losing(2, ({ method }) => method === 'POST');
  await expect(api.create({ n: 1 })).rejects.toThrow('fetch failed');
  await expect(api.request('POST', '/items', { body: { id: 'chosen' } })).rejects.toThrow('fetch failed');
  expect(await api.cleanUp()).toEqual({ created: 2, deleted: 0, removed: 2, remaining: [] });
  expect(await items()).toEqual({ items: [] });
});

it('repeats a deletion whose answer got lost', async () => {
  const api = await losing(1, ({ method }) => method === 'DELETE');
  await api.create();
  expect(await api.cleanUp()).toMatchObject({ remaining: [] });
  expect(await items()).toEqual({ items: [] });
});

it('waits for what is under way when a case ends, and lets nothing begin after it', async () => {
  const api = openApi({ url });
  const loop = async (): Promise<void> => {
    for (;;) await api.create();
  };
  const loops = [loop(), loop(), loop()].map((running) => running.catch((error: Error) => error.message));
  await api.create();
  expect(await api.cleanUp()).toMatchObject({ remaining: [] });
  expect(await Promise.all(loops)).toEqual(Array(3).fill('a request after the case has ended'));
  expect(await items()).toEqual({ items: [] });
});

it('leaves the items of others alone', async () => {
  const others = openApi({ url });
  await others.create({ id: 'theirs' });
  const api = openApi({ url });
  expect((await api.request('POST', '/items', { body: { id: 'theirs' } })).status).toBe(409);
  expect(await api.cleanUp()).toEqual({ created: 0, deleted: 0, removed: 0, remaining: [] });
  expect(await others.cleanUp()).toMatchObject({ removed: 1 });
});
