import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editions } from '../editions.ts';
import { type Answer, type Seen, startBrowser } from './browser.ts';
import { type Ask, json, type ServedApi, serve } from './serve.ts';
import { type Site, sandboxedPath, startSite } from './site.ts';

let browser: Browser;
let sites: readonly Site[] = [];
beforeAll(async () => {
  [browser, sites] = await Promise.all([startBrowser(), Promise.all([startSite(), startSite(), startSite()])]);
});
afterAll(() => Promise.all([browser?.close(), ...sites.map((site) => site.stop())]));

/** Three ports, each under two names. */
const origin = (host: '127.0.0.1' | 'localhost', site: 0 | 1 | 2): string => `http://${host}:${sites[site]?.port}`;

const unreadable = { error: 'TypeError' };

describe.each(editions)('the $name edition', ({ template, options, whyNot }) => {
  const run = (parameters: () => Readonly<Record<string, string>>) =>
    serve(() => browser, { template, options }, parameters);

  describe.skipIf(whyNot !== undefined)('that allows two origins', () => {
    const allowed = (): [string, string] => [origin('127.0.0.1', 0), origin('127.0.0.1', 1)];
    const api = run(() => ({ AllowedOrigins: allowed().join(',') }));

    it.each([0, 1] as const)('lets the pages of each do all that a client does: %i', async (index) => {
      const ask = await api.open(allowed()[index]);
      const create = { method: 'POST', headers: { ...json, 'Idempotency-Key': `key-${index}`, 'X-Correlation-Id': 'page' } };
      const created = answer(await ask('/items', { ...create, body: '{"name":"Lamp"}' }));
      expect(created).toMatchObject({ status: 201, headers: { etag: expect.stringMatching(/^".{22}"$/) } });
      const { etag = '' } = created.headers;
      const { id } = JSON.parse(created.body);
      const path = `/items/${id}`;
      expect(created.headers.location).toBe(`${new URL(api.url()).pathname}${path}`);
      const replayed = await ask('/items', { ...create, body: '{"name":"Lamp"}' });
      expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: created.body });

      expect(await ask(path)).toMatchObject({ status: 200, headers: { etag }, body: created.body });
      const again = await ask(path, { headers: { 'If-None-Match': etag } });
      expect(again).toMatchObject({ status: 304, headers: { etag }, body: '' });

      const update = { method: 'PUT', headers: { ...json, 'If-Match': etag }, body: '{"name":"Desk"}' };
      const updated = answer(await ask(path, update));
      expect(updated).toMatchObject({ status: 200 });
      expect(problem(await ask(path, update))).toMatchObject({
        status: 412,
        type: expect.stringMatching('precondition-failed'),
      });

      const other = JSON.parse(answer(await ask('/items', { method: 'POST', headers: json, body: '{}' })).body);
      const listed: string[] = [];
      for (let query = '?limit=1'; query; ) {
        const { items, nextCursor } = JSON.parse(answer(await ask(`/items${query}`)).body);
        listed.push(...items.map((item: { id: string }) => item.id));
        query = nextCursor ? `?limit=1&cursor=${nextCursor}` : '';
      }
      expect(listed).toEqual(expect.arrayContaining([id, other.id]));

      expect(await ask(path, { method: 'DELETE', headers: { 'If-Match': updated.headers.etag ?? '' } })).toMatchObject({
        status: 204,
        body: '',
      });
      expect(problem(await ask(path))).toMatchObject({ status: 404 });
    });

    it('lets a page read what the gateway itself rejects', async () => {
      const ask = await api.open(allowed()[0]);
      const wrong = await ask('/items', { method: 'POST', headers: json, body: '[1]' });
      expect(problem(wrong)).toMatchObject({ status: 400, type: expect.stringMatching('invalid-body') });
      expect(problem(await ask('/nowhere'))).toMatchObject({
        status: 403,
        type: expect.stringMatching('missing-authentication-token'),
      });
    });

    it('is asked once what a page may do with an item', async () => {
      const path = await api.create();
      const ask = await api.open(allowed()[0]);
      // Without If-Match, which makes Chromium pass by all that it keeps, preflights included.
      for (const name of ['Desk', 'Chair']) {
        expect(await ask(path, { method: 'PUT', headers: json, body: `{"name":"${name}"}` })).toMatchObject({ status: 200 });
      }
      expect(await ask(path, { method: 'DELETE' })).toMatchObject({ status: 204 });
      expect(api.requests()).toEqual(['OPTIONS 204', 'PUT 200', 'PUT 200', 'DELETE 204']);
    });

    it('is asked whether what the browser keeps is still good', async () => {
      const path = await api.create();
      const ask = await api.open(allowed()[0]);
      const { body } = answer(await ask(path));
      expect(await ask(path)).toMatchObject({ status: 200, body });
      expect(api.requests()).toEqual(['GET 200', 'GET 304']);
    });

    it('is asked anew for another origin, whatever the browser keeps', async () => {
      const path = await api.create();
      // They differ by port, so that they share what the browser keeps; `force-cache` takes it however old it is.
      for (const page of allowed()) {
        const ask = await api.open(page);
        for (const _twice of [1, 2]) expect(await ask(path, { cache: 'force-cache' })).toMatchObject({ status: 200 });
        // Whether with 200 or 304, the answer has to name the origin that asks.
        expect(api.requests()).toEqual([expect.stringMatching(/^GET (200|304)$/)]);
      }
    });

    it('lets no page bring the user’s cookies', async () => {
      const path = await api.create();
      await rejectsCookies(api, await api.open(allowed()[0]), path);
    });

    describe.each([
      ['another port', () => origin('127.0.0.1', 2)],
      ['another name of the host', () => origin('localhost', 0)],
      ['an opaque origin', () => `${origin('127.0.0.1', 0)}${sandboxedPath}`],
    ])('rejects pages of %s', (_what, page) => {
      it('what they could read', async () => {
        const path = await api.create();
        const ask = await api.open(page());
        for (const read of [path, '/items', '/items/missing']) expect(await ask(read)).toEqual(unreadable);
        // They are sent without asking first, and change nothing.
        expect(api.requests()).toEqual(['GET 200', 'GET 200', 'GET 404']);
      });

      it('what they could change, before it is sent', async () => {
        const path = await api.create();
        const ask = await api.open(page());
        expect(await ask(path, { method: 'PUT', headers: json, body: '{"name":"theirs"}' })).toEqual(unreadable);
        expect(await ask(path, { method: 'DELETE' })).toEqual(unreadable);
        expect(await ask('/items', { method: 'POST', headers: json, body: '{"id":"theirs"}' })).toEqual(unreadable);
        expect(await ask(path, { headers: { 'If-None-Match': '"1"' } })).toEqual(unreadable);
        expect(api.requests()).toEqual(['OPTIONS 204', 'OPTIONS 204', 'OPTIONS 204', 'OPTIONS 204']);
        expect(await api.get(path)).toMatchObject({ version: 1, name: 'Lamp' });
        expect(await api.get('/items/theirs')).toMatchObject({ status: 404 });
      });

      it('a POST as forms send it, or without a type, which is sent without asking', async () => {
        const ask = await api.open(page());
        for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
          expect(await ask('/items', { method: 'POST', blob: { type, text: '{"id":"theirs"}' } })).toEqual(unreadable);
        }
        expect(api.requests()).toEqual(['POST 415', 'POST 415', 'POST 415', 'POST 415']);
        expect(await api.get('/items/theirs')).toMatchObject({ status: 404 });
      });
    });
  });

  describe.skipIf(whyNot !== undefined)('that allows any origin', () => {
    const api = run(() => ({ AllowedOrigins: '*' }));

    it.each(['/', sandboxedPath])('lets any page read and change: %s', async (page) => {
      const path = await api.create();
      const ask = await api.open(`${origin('localhost', 0)}${page}`);
      expect(await ask(path)).toMatchObject({ status: 200, headers: { etag: expect.stringMatching(/^".{22}"$/) } });
      expect(await ask(path, { method: 'PUT', headers: json, body: '{}' })).toMatchObject({ status: 200 });
      expect(problem(await ask('/nowhere'))).toMatchObject({ status: 403 });
    });

    it('lets no page bring the user’s cookies', async () => {
      const path = await api.create();
      await rejectsCookies(api, await api.open(origin('localhost', 0)), path);
    });
  });

  describe.skipIf(whyNot !== undefined)('that asks for a signature and a key', () => {
    const api = run(() => ({
      AuthorizationType: 'AWS_IAM',
      RequireApiKey: 'true',
      AllowedOrigins: origin('localhost', 0),
    }));

    it('lets a page read why it is rejected', async () => {
      const ask = await api.open(origin('localhost', 0));
      const { 'X-Api-Key': key = '', ...signature } = await api.authorize('/items');
      const ofAnother = await api.authorize('/items/a');
      for (const [headers, slug] of [
        [{}, 'missing-authentication-token'],
        [signature, 'invalid-api-key'],
        [ofAnother, 'invalid-signature'],
      ] as const) {
        const forbidden = { status: 403, type: expect.stringMatching(slug) };
        expect(problem(await ask('/items', { headers }))).toMatchObject(forbidden);
      }
      const headers = { ...signature, 'X-Api-Key': key };
      expect(await ask('/items', { headers })).toMatchObject({ status: 200, body: '{"items":[]}' });
    });
  });
});

/** Cookies would be sent with what needs no preflight, but the page reads no answer to it; nothing else is sent. */
async function rejectsCookies(api: ServedApi, ask: Ask, path: string): Promise<void> {
  const credentials = 'include';
  for (const read of [path, '/nowhere']) expect(await ask(read, { credentials })).toEqual(unreadable);
  expect(await ask(path, { method: 'PUT', headers: json, body: '{}', credentials })).toEqual(unreadable);
  expect(api.requests()).toEqual(['GET 200', 'GET 403', 'OPTIONS 204']);
  expect(await api.get(path)).toMatchObject({ version: 1 });
}

/** What a page has read, which it must have. */
function answer(seen: Seen): Answer {
  if ('error' in seen) throw new Error(`the page was rejected the answer: ${seen.error}`);
  return seen;
}

/** The problem details that a page has read. */
function problem(seen: Seen): Record<string, unknown> {
  const { status, headers, body } = answer(seen);
  const details = JSON.parse(body);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(details).toMatchObject({ status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(headers['x-amzn-requestid']).toBe(details.requestId);
  return details;
}
