import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Page, startPage } from '../../src/page/index.ts';
import { ask, ownHeaders, posted, type Recorder, settingsOf, stackAt, startRecorder } from './support.ts';

const failures: unknown[] = [];
let api: Recorder;
let page: Page;
let own: Record<string, string>;
beforeAll(async () => {
  api = await startRecorder();
  const started = await startPage(stackAt(`${api.url}/v1`), { port: 0, onError: (error) => failures.push(error) });
  if (!started) throw new Error('there is no page');
  page = started;
});
afterAll(async () => {
  await Promise.all([page?.stop(), api?.stop()]);
  expect(failures).toEqual([]);
});
beforeEach(async () => {
  own = await ownHeaders(page);
  api.requests.length = 0;
});

/** Has a request sent, with the headers of the page or others. */
const send = (headers: Record<string, string>, target = `${api.url}/v1/items`) =>
  ask(`${page.url}send`, { method: 'POST', headers, body: posted(target) });

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(own).filter(([header]) => header !== name));

const port = (): string => new URL(page.url).port;

describe('what the page has sent', () => {
  it('is sent', async () => {
    expect(await send(own)).toMatchObject({ status: 200, text: 'recorded' });
    expect(await send(without('Sec-Fetch-Site'))).toMatchObject({ status: 200 });
    const named = { ...own, Host: `localhost:${port()}`, Origin: `http://localhost:${port()}` };
    expect(await send(named)).toMatchObject({ status: 200 });
    expect(api.requests).toHaveLength(3);
  });

  it.each([
    ['without Origin', () => without('Origin')],
    ['with the Origin of another port', () => ({ ...own, Origin: 'http://127.0.0.1:1' })],
    ['with the Origin of the API', () => ({ ...own, Origin: api.url })],
    ['with the Origin of a sandbox', () => ({ ...own, Origin: 'null' })],
    ['with its Origin over https', () => ({ ...own, Origin: own.Origin?.replace('http', 'https') ?? '' })],
    ['with its other name for Origin', () => ({ ...own, Origin: `http://localhost:${port()}` })],
    ['from a page of the same site', () => ({ ...own, 'Sec-Fetch-Site': 'same-site' })],
    ['from a page of another site', () => ({ ...own, 'Sec-Fetch-Site': 'cross-site' })],
    ['from the address bar', () => ({ ...own, 'Sec-Fetch-Site': 'none' })],
    ['without the token', () => without('X-Page-Token')],
    ['with a token of the same length', () => ({ ...own, 'X-Page-Token': 'A'.repeat(own['X-Page-Token']?.length ?? 0) })],
    ['with more than the token', () => ({ ...own, 'X-Page-Token': `${own['X-Page-Token']}A` })],
    ['with an empty token', () => ({ ...own, 'X-Page-Token': '' })],
    [
      'under another name',
      () => ({ ...own, Host: `attacker.example:${port()}`, Origin: `http://attacker.example:${port()}` }),
    ],
    ['under its name without the port', () => ({ ...own, Host: '127.0.0.1', Origin: 'http://127.0.0.1' })],
  ])('is not sent %s', async (_what, headers) => {
    const response = await send(headers());
    expect(response).toMatchObject({ status: 403, text: expect.stringMatching(/^[A-Z].*\.\n$/) });
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    expect(api.requests).toEqual([]);
  });

  it('is sent to the API of the stack and nowhere else', async () => {
    const other = await startRecorder();
    for (const target of [`${other.url}/v1/items`, `${api.url}/other/items`, `${api.url}/v1/../other`, page.url]) {
      const text = `This page sends requests to ${api.url}/v1 only.\n`;
      expect(await send(own, target)).toMatchObject({ status: 403, text });
    }
    expect([...api.requests, ...other.requests]).toEqual([]);
    await other.stop();
  });

  it('is sent with POST only, and no page of another origin learns that it may', async () => {
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      const response = await ask(`${page.url}send`, { method, headers: own });
      expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } });
      expect(response.headers).not.toHaveProperty('access-control-allow-headers');
    }
    expect(api.requests).toEqual([]);
  });

  it('is a 400 if it is nothing that the page says', async () => {
    const response = await ask(`${page.url}send`, { method: 'POST', headers: own, body: 'GET / HTTP/1.1\r\n' });
    expect(response).toMatchObject({ status: 400 });
  });
});

describe('the page', () => {
  const paths = async (): Promise<string[]> => {
    const [, bundle = ''] = /src="\/(scalar-[\d.]+\.js)"/.exec((await ask(page.url)).text) ?? [];
    return ['', 'client.js', 'icon.svg', 'openapi.json', bundle];
  };

  it('is for its own names only', async () => {
    for (const path of await paths()) {
      for (const Host of [`localhost:${port()}`, `127.0.0.1:${port()}`])
        expect(await ask(page.url + path, { headers: { Host } })).toMatchObject({ status: 200 });
      for (const Host of [`attacker.example:${port()}`, 'localhost', `localhost.attacker.example:${port()}`])
        expect(await ask(page.url + path, { headers: { Host } })).toMatchObject({ status: 403 });
    }
  });

  it('gives its parts to no page of another origin', async () => {
    for (const path of (await paths()).filter(Boolean)) {
      for (const site of ['same-origin', 'none'])
        expect(await ask(page.url + path, { headers: { 'Sec-Fetch-Site': site } })).toMatchObject({ status: 200 });
      for (const site of ['same-site', 'cross-site'])
        expect(await ask(page.url + path, { headers: { 'Sec-Fetch-Site': site } })).toMatchObject({ status: 403 });
    }
    // A link to it may stand anywhere: whose page has it cannot read what it leads to.
    expect(await ask(page.url, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).toMatchObject({ status: 200 });
  });

  it('allows itself nothing but its own server', async () => {
    for (const path of [...(await paths()), 'nowhere']) {
      const { headers } = await ask(page.url + path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': path.startsWith('scalar-') ? 'private, max-age=31536000, immutable' : 'no-store',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('is read with GET, and has nothing else', async () => {
    expect(await ask(page.url, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    for (const path of ['nowhere', 'client.js/', '../package.json', '%2e%2e/package.json', 'scalar-0.0.0.js'])
      expect(await ask(page.url + path)).toMatchObject({ status: 404 });
  });

  it('has another token at each start', async () => {
    const again = await startPage(stackAt(api.url), { port: 0, onError: (error) => failures.push(error) });
    if (!again) throw new Error('there is no page');
    const [one, two] = await Promise.all([settingsOf(page), settingsOf(again)]);
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32);
    expect(two.token).not.toBe(one.token);
    expect((await settingsOf(page)).token).toBe(one.token);
    await again.stop();
  });
});
