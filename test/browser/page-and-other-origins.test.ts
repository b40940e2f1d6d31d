import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsOf } from '../page/support.ts';
import { fetchIn, startBrowser } from './browser.ts';
import { documented } from './reference.ts';
import { type Site, sandboxedPath, startSite } from './site.ts';

let browser: Browser;
let site: Site;
beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

describe('a page of another origin', () => {
  const api = documented(() => ({ parameters: { AuthorizationType: 'AWS_IAM' } }));
  const unreadable = { error: 'TypeError' };

  describe.each([
    ['of another port', () => `http://127.0.0.1:${site.port}/`],
    ['of another name', () => `http://localhost:${site.port}/`],
    ['without an origin', () => `http://127.0.0.1:${site.port}${sandboxedPath}`],
    ['whose name leads to the server', () => `http://rebound.localhost:${new URL(api.url()).port}/`],
  ])('%s', (_what, address) => {
    it('can neither read nor use the server of the page, not even with its token', async () => {
      const { token } = await settingsOf({ url: api.url() });
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(address());
      for (const path of ['', 'openapi.json', 'client.js', 'console/', 'console/console.js'])
        expect(await fetchIn(tab, api.url() + path)).toEqual(unreadable);
      const url = `${api.stack().outputs[0]?.value}/items`;
      const body = `${JSON.stringify({ method: 'POST', url, headers: [['content-type', 'application/json']] })}\n{}`;
      const withToken = { method: 'POST', headers: { 'X-Page-Token': token }, body };
      expect(await fetchIn(tab, `${api.url()}send`, withToken)).toEqual(unreadable);
      expect(await fetchIn(tab, `${api.url()}send`, { method: 'POST', body })).toEqual(unreadable);
      for (const path of ['live', 'request', 'again', 'tables', 'items', 'item']) {
        const asked = { ...withToken, body: '{"id":1,"table":"items-dev"}' };
        expect(await fetchIn(tab, `${api.url()}console/${path}`, asked)).toEqual(unreadable);
      }
      expect(api.requests()).toEqual([]);
      await context.close();
    });

    it('can neither run its script nor show it in a frame', async () => {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(address());
      for (const path of ['client.js', 'console/console.js'])
        expect(await include(tab, 'script', api.url() + path)).toBe('error');
      for (const path of ['', 'console/']) {
        const framed = tab.waitForEvent(
          'framenavigated',
          (frame) => frame !== tab.mainFrame() && !['', 'about:blank'].includes(frame.url()),
        );
        await include(tab, 'iframe', api.url() + path);
        expect((await framed).url()).toBe('chrome-error://chromewebdata/');
      }
      await context.close();
    });
  });

  it('whose name leads to the server gets nothing from it', async () => {
    const { token } = await settingsOf({ url: api.url() });
    const context = await browser.newContext();
    const tab = await context.newPage();
    const answer = await tab.goto(`http://rebound.localhost:${new URL(api.url()).port}/`);
    expect(answer?.status()).toBe(403);
    for (const path of ['/', '/openapi.json', '/client.js', '/console/', '/console/console.js'])
      expect(await fetchIn(tab, path)).toMatchObject({
        status: 403,
        body: expect.stringMatching(/^This server accepts requests for/),
      });
    const sent = { method: 'POST', headers: { 'X-Page-Token': token }, body: '{}\n' };
    for (const path of ['/send', '/console/live', '/console/items'])
      expect(await fetchIn(tab, path, sent)).toMatchObject({ status: 403 });
    expect(api.requests()).toEqual([]);
    await context.close();
  });
});

/** Includes something in a page. Returns the event with which that ends. */
const include = (tab: Tab, element: 'script' | 'iframe', src: string): Promise<string> =>
  tab.evaluate(
    async ({ element, src }) => {
      const { document } = globalThis as unknown as { document: Dom };
      const included = document.createElement(element);
      const ended = new Promise<string>((resolve) => {
        included.onload = () => resolve('load');
        included.onerror = () => resolve('error');
      });
      included.src = src;
      document.body.append(included);
      return ended;
    },
    { element, src },
  );

/** What `include` needs of the DOM, whose types no program for Node.js has. */
interface Dom {
  readonly body: { append(element: object): void };
  createElement(name: string): { src: string; onload: () => void; onerror: () => void };
}
