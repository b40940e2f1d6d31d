import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../src/conformance/index.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { passes } from '../conformance/passes.ts';
import { typescript } from '../editions.ts';
import { runtimes } from './client.ts';

const { template, options } = typescript;
const stacks: Stack[] = [];
let ours = '';
let theirs = '';

beforeAll(async () => {
  stacks.push(...(await Promise.all([start(template, options), start(template, { ...options, runtimes })])));
  [ours = '', theirs = ''] = stacks.map(({ outputs }) => outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value);
});
afterAll(() => Promise.all(stacks.map((stack) => stack.stop())));

describe('on both clients alike', () => {
  it.each(sessions())('%s', async (_name, requests) => {
    for (const request of requests) expect(await answer(ours, request)).toEqual(await answer(theirs, request));
  });
});

describe('on the client of AWS', () => {
  // The others weigh on the database, not on the client.
  const groups = Object.entries(cases).filter(([group]) => !['fidelity', 'concurrency'].includes(group));
  describe.each(groups)('%s', (_group, members) => {
    it.each(members)('$name', (member) => passes({ url: theirs }, member));
  });
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** By function, what it answers when it succeeds and when it rejects. */
function sessions(): [name: string, requests: Request[]][] {
  const item = '{"id":"lamp","price":12.50,"digits":12345678901234567890.12345678,"name":"ünï ✓"}';
  const put = (body: string, headers = {}): Request => ({ method: 'PUT', path: '/items/lamp', body, headers });
  return [
    [
      'CreateItem',
      [
        { method: 'POST', path: '/items', body: item },
        { method: 'POST', path: '/items', body: item },
        { method: 'POST', path: '/items', body: '{' },
        { method: 'POST', path: '/items', body: '{"id":"desk"}', headers: { 'Idempotency-Key': 'key' } },
        { method: 'POST', path: '/items', body: '{"id":"desk"}', headers: { 'Idempotency-Key': 'key' } },
      ],
    ],
    ['GetItem', ['/items/lamp', '/items/none', '/items/%20'].map((path) => ({ method: 'GET', path }))],
    ['ListItems', ['/items?limit=1', '/items', '/items?limit=x'].map((path) => ({ method: 'GET', path }))],
    ['UpdateItem', [put('{"price":1e3}'), put('{}', { 'If-Match': '"9"' }), put('{"id":"other"}'), put('[]')]],
    ['DeleteItem', [1, 2].map(() => ({ method: 'DELETE', path: '/items/lamp' }))],
  ];
}

/** An entity tag, without its quotes. */
const tag = /[\w-]{22}(?=\\?")/g;

/** An answer without what is another each time: times, ids, entity tags, and the cursor, which stands for a random order. */
const answer = async (url: string, { method, path, body, headers = {} }: Request): Promise<unknown> => {
  const response = await fetch(`${url}${path}`, {
    method,
    body: body ?? null,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
  });
  const text = (await response.text())
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(tag, 'TAG');
  const own = ['content-type', 'etag', 'location', 'idempotency-replayed', 'cache-control', 'vary'];
  return {
    status: response.status,
    text,
    headers: own.map((name) => response.headers.get(name)?.replace(url, '').replace(tag, 'TAG')),
  };
};
