import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKey, poolArn, token } from '../twin/gateway/user-pool.ts';
import { startBrowser } from './browser.ts';
import { type Documented, documented, openReference, type Reference, statusIn } from './reference.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const opened: Reference[] = [];
/** Opens the page, which must behave until the end of the test. */
const open = async (api: Documented, options?: Parameters<typeof openReference>[2]): Promise<Reference> => {
  const reference = await openReference(browser, api.url(), options);
  opened.push(reference);
  return reference;
};
afterEach(async () => {
  for (const { tab, foreign, complaints } of opened.splice(0)) {
    await tab.context().close();
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
  }
});

describe('the page', () => {
  const api = documented(() => ({}));

  describe.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('in %s, %d pixels wide', (scheme, width) => {
    it('shows the API, fits, and calls nobody else', async () => {
      const { tab, open: client } = await open(api, { scheme, width });
      const main = tab.getByRole('main');
      await main.getByText('rounds integers beyond 2^53').waitFor();
      await main.getByText('Form rounds numbers beyond 2^53').waitFor();
      const [red = 0] = await colours(tab, 'body');
      expect(red < 128).toBe(scheme === 'dark');
      for (const operation of ['post /items', 'get /items', 'get /items/{id}', 'put /items/{id}', 'delete /items/{id}']) {
        const { dialog, close } = await client(operation);
        await dialog
          .getByText(api.stack().outputs[0]?.value ?? '')
          .first()
          .waitFor();
        expect(await overflow(tab)).toBe(0);
        await close();
        expect(await overflow(tab)).toBe(0);
      }
    });
  });

  it('creates an item, updates it if it is unchanged, and shows why an update is rejected', async () => {
    const { tab, open: client } = await open(api);
    const create = await client('post /items');
    await create.body('{"id":"lamp","number":12345678901234567890,"text":"ä"}');
    expect(await create.send()).toBe('201 Created');
    // Scalar shows the text of the response, in which no number is rounded.
    expect(await create.shown()).toContain('"number": 12345678901234567890');
    await create.close();

    const url = `${api.stack().outputs[0]?.value}/items/lamp`;
    const before = await fetch(url);
    expect(await before.text()).toMatch(/"number":12345678901234567890,"text":"ä"\}$/);
    const update = await client('put /items/{id}');
    await update.parameter('id', 'lamp');
    await update.header('If-Match', before.headers.get('etag') ?? '');
    await update.body('{"number":2}');
    expect(await update.send()).toBe('200 OK');
    expect(await (await fetch(url)).json()).toMatchObject({ version: 2, number: 2 });
    expect(await update.send()).toBe('412 Precondition Failed');
    expect(await update.shown()).toContain('"type": "urn:items-api:problem:precondition-failed"');
    await update.close();
    expect(api.requests().filter((line) => !line.startsWith('GET'))).toEqual(['POST 201', 'PUT 200', 'PUT 412']);

    const read = await client('get /items/{id}');
    const { headers } = await fetch(url);
    await read.header('If-None-Match', headers.get('etag') ?? '');
    expect(await read.send()).toBe('304 Not Modified');
    await read.close();
    const remove = await client('delete /items/{id}');
    expect(await remove.send()).toBe('204 No Content');
    expect(tab.url()).toMatch(api.url());
  });

  it('works from the keyboard', async () => {
    const { tab } = await open(api);
    const focused = tab.locator(':focus');
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 100; step++) {
        await tab.keyboard.press('Tab');
        if ((await focused.count()) && name.test((await focused.textContent()) ?? '')) return;
      }
      throw new Error(`Tab does not lead to ${name}`);
    };
    await tabTo(/Lists items page by page/);
    await tab.keyboard.press('Enter');
    await tabTo(/^Test Request.*get \/items\)/);
    await tab.keyboard.press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'API Client' });
    await dialog.waitFor();
    await tab.keyboard.press('Control+Enter');
    await statusIn(dialog, 200).waitFor();
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('says that it has to be loaded again once its server has started again', async () => {
    const reference = await open(api);
    await reference.tab.route('**/send', async (route) => {
      await route.continue({ headers: { ...route.request().headers(), 'x-page-token': 'of another start' } });
    });
    const list = await reference.open('get /items');
    expect(await list.send()).toBe('403 Forbidden');
    expect(await list.shown()).toContain('load it again');
  });
});

describe('the page of an API that asks for a signature and a key', () => {
  const api = documented(() => ({ parameters: { AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' } }));

  it('brings both', async () => {
    const { tab, open: client } = await open(api);
    await tab.getByText("signs each request with the twin's credentials").waitFor();
    const create = await client('post /items');
    expect(await create.send()).toBe('201 Created');
    await create.close();
    const list = await client('get /items');
    await list.header('X-Correlation-Id', 'page');
    expect(await list.send()).toBe('200 OK');
  });
});

describe('the page of an API that asks for a token', () => {
  const key = createKey('first');
  const folder = mkdtempSync(join(tmpdir(), 'items-page-'));
  const jwks = join(folder, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [key.jwk] }));
  afterAll(() => rmSync(folder, { recursive: true }));
  const api = documented(() => ({
    region: 'eu-west-1',
    jwks,
    parameters: { AuthorizationType: 'COGNITO_USER_POOLS', UserPoolArn: poolArn },
  }));

  it('sends the one that is pasted', async () => {
    const { tab, open: client } = await open(api);
    await tab.getByText('Paste an id token of the user pool').waitFor();
    const list = await client('get /items');
    expect(await list.send()).toBe('401 Unauthorized');
    const value = list.dialog.getByRole('textbox', { name: 'Value' });
    await value.fill(token(key));
    expect(await list.send()).toBe('200 OK');
  });
});

/** Pixels that the page is wider than its window. */
const overflow = (tab: Reference['tab']): Promise<number> =>
  tab.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } };
      innerWidth: number;
    };
    return document.documentElement.scrollWidth - innerWidth;
  });

/** Red, green and blue of the background of an element. */
const colours = async (tab: Reference['tab'], selector: string): Promise<number[]> => {
  const colour = await tab.locator(selector).evaluate((element) => {
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle(element: unknown): { backgroundColor: string };
    };
    return getComputedStyle(element).backgroundColor;
  });
  return [...colour.matchAll(/\d+/g)].map(Number);
};
