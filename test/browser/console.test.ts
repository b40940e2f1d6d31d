// One file: the tests share one browser, whose start takes longer than they do.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from '../../src/page/index.ts';
import { startBrowser } from './browser.ts';
import { type Console, openConsole, overflow } from './console.ts';
import { type Documented, documented } from './reference.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const opened: Console[] = [];
/** Opens the console, which must behave until the end of the test. */
const open = async (api: Documented, options?: Parameters<typeof openConsole>[2]): Promise<Console> => {
  const console = await openConsole(browser, `${api.url()}console/`, options);
  opened.push(console);
  return console;
};
afterEach(async () => {
  for (const { tab, foreign, complaints } of opened.splice(0)) {
    await tab.context().close();
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
  }
});

const apiOf = (api: Documented): string => `${api.stack().stages[0]?.url}`;
const json = { 'Content-Type': 'application/json' };

/** Runs a line in a shell. The twin runs in this process, which must not wait for it. */
const shell = (line: string) => promisify(execFile)('sh', ['-c', line]);

/** Sends a request to the API as a program does. */
const send = (api: Documented, method: string, path: string, { headers = {}, body }: RequestInit = {}): Promise<Response> =>
  fetch(apiOf(api) + path, { method, headers: { ...json, ...headers }, ...(body !== undefined && { body }) });

const denied = readFileSync('template.yaml', 'utf8').replace(
  'Sid: UseTableFromThisVpc\n                Effect: Allow\n                Action: dynamodb:DeleteItem',
  'Sid: UseTableFromThisVpc\n                Effect: Deny\n                Action: dynamodb:DeleteItem',
);

describe('the requests', () => {
  const api = documented(() => ({}), denied);

  it('say how to send the first one', async () => {
    const { tab } = await open(api);
    await tab.getByRole('heading', { name: 'No requests yet' }).waitFor();
    await tab.getByRole('button', { name: 'Copy' }).click();
    const line = await tab.evaluate<string>('navigator.clipboard.readText()');
    expect(line).toContain(`${apiOf(api)}/items`);
    await shell(line);
    await tab.getByRole('row').filter({ hasText: '201' }).waitFor();
  });

  it('come as they are sent, newest first, parted into gateway, function and DynamoDB', async () => {
    const { rows, pane, tab } = await open(api);
    await send(api, 'POST', '/items', { body: '{"id":"lamp","price":12345678901234567890.10}' });
    await rows.first().filter({ hasText: '/v1/items' }).waitFor();
    await send(api, 'GET', '/items/lamp');
    await rows.first().filter({ hasText: '/v1/items/lamp' }).waitFor();
    await rows.first().click();
    await pane
      .getByText(/^Gateway \d+ ms$/)
      .or(pane.getByText(/^Function \d+ ms$/))
      .first()
      .waitFor();
    await pane.getByText(/^DynamoDB \d+ ms$/).waitFor();
    await pane.getByText('12345678901234567890.1', { exact: true }).waitFor();
    // The line of Lambda's report comes after the response.
    await pane.locator('.log').getByText('platform.report').waitFor();
    expect(tab.url()).toMatch(/#\/requests\/\d+$/);
  });

  it('show the statement that denied one, with the words of the log', async () => {
    const { rows, step, pane } = await open(api);
    await send(api, 'DELETE', '/items/lamp');
    await rows.filter({ hasText: 'DELETE' }).first().click();
    const words =
      'statement "UseTableFromThisVpc" of the policy DeleteItem of DeleteItemRole denies dynamodb:DeleteItem on ItemsTable';
    expect(await step('IAM').textContent()).toBe(`IAMDenied ${words}`);
    expect(await step('IAM').getAttribute('class')).toBe('step denied');
    expect(await step('Authorization').getAttribute('class')).toBe('step passed');
    expect(await step('Response').textContent()).toContain(words);
    expect(await pane.locator('.step.denied').count()).toBe(1);
  });

  it('show both tags of a 412', async () => {
    const { rows, step, pane } = await open(api);
    const first = (await send(api, 'POST', '/items', { body: '{"id":"chair"}' })).headers.get('etag') ?? '';
    const second = (await send(api, 'PUT', '/items/chair', { body: '{}' })).headers.get('etag') ?? '';
    await send(api, 'PUT', '/items/chair', { body: '{}', headers: { 'If-Match': first } });
    await rows.first().filter({ hasText: '412' }).click();
    expect(await step('DynamoDB').textContent()).toContain(
      `writeId IN (${first}) is false; the item has id = "chair", writeId = ${second}`,
    );
    expect(await step('Response').textContent()).toContain(`the entity tag ${second}`);
    await pane.getByRole('row', { name: `If-Match ${first}` }).waitFor();
  });

  it('are filtered by path, status and function', async () => {
    const { rows, tab } = await open(api);
    await send(api, 'GET', '/items/filtered-1');
    await send(api, 'GET', '/items/filtered-2');
    await send(api, 'GET', '/filtered');
    const shown = async () => (await rows.locator('.target').allTextContents()).sort();
    const filter = tab.getByRole('searchbox', { name: 'Filter by path' });
    await filter.fill('filtered');
    await rows.nth(2).waitFor();
    expect(await shown()).toEqual(['/v1/filtered', '/v1/items/filtered-1', '/v1/items/filtered-2']);
    await tab.getByRole('combobox', { name: 'Function' }).selectOption('items-local-GetItem');
    expect(await shown()).toEqual(['/v1/items/filtered-1', '/v1/items/filtered-2']);
    await filter.fill('items filtered-2');
    expect(await shown()).toEqual(['/v1/items/filtered-2']);
    await tab.getByRole('button', { name: '2xx' }).click();
    await tab.getByRole('heading', { name: 'No request matches' }).waitFor();
    // One that does not match adds no row.
    await send(api, 'GET', '/items/filtered-3');
    await tab.getByRole('button', { name: 'Show all requests' }).click();
    await rows.first().filter({ hasText: 'filtered-3' }).waitFor();
  });

  it('work from the keyboard', async () => {
    const { rows, pane, tab } = await open(api);
    await send(api, 'GET', '/items/key-1');
    await send(api, 'GET', '/items/key-2');
    await send(api, 'GET', '/items/key-3');
    await rows.first().filter({ hasText: 'key-3' }).waitFor();
    await tab.keyboard.press('/');
    await tab.keyboard.type('key-');
    expect(await rows.count()).toBe(3);
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Enter');
    await pane.getByRole('heading', { name: '404 GET /v1/items/key-2' }).waitFor();
    await tab.keyboard.press('ArrowDown');
    await pane.getByRole('heading', { name: 'key-1' }).waitFor();
    await tab.keyboard.press('Home');
    await pane.getByRole('heading', { name: 'key-3' }).waitFor();
    // A request that comes leaves the focus where it is.
    await send(api, 'GET', '/items/key-4');
    await rows.first().filter({ hasText: 'key-4' }).waitFor();
    expect(await tab.locator(':focus').textContent()).toContain('key-3');
    await tab.keyboard.press('Escape');
    await pane.waitFor({ state: 'hidden' });
    expect(await tab.locator(':focus').textContent()).toContain('key-3');
    await tab.keyboard.press('/');
    await tab.keyboard.press('Escape');
    expect(await tab.getByRole('searchbox').inputValue()).toBe('');
  });

  it('are sent again, and copied as curl', async () => {
    const body = `{"id":"again","text":"it's $HOME"}`;
    await send(api, 'POST', '/items', { body, headers: { 'x-api-key': 'a-secret-key' } });
    const { rows, pane, tab } = await open(api);
    await rows.first().click();
    await pane.getByRole('heading', { name: '201 POST /v1/items' }).waitFor();
    expect(await pane.textContent()).not.toContain('a-secret-key');
    await pane.getByRole('button', { name: 'Copy as curl' }).click();
    await tab.getByText('Copied').waitFor();
    const line = await tab.evaluate<string>('navigator.clipboard.readText()');
    expect(line).not.toContain('a-secret-key');
    await pane.getByRole('button', { name: 'Send again' }).click();
    await pane.getByRole('heading', { name: '409 POST /v1/items' }).waitFor();
    await send(api, 'PUT', '/items/again', { body: '{}' });
    const { stdout } = await shell(line.replace('"id":"again"', '"id":"curled"'));
    expect(stdout).toMatch(/^HTTP\/1.1 201/);
    expect(stdout).toContain(`"text":"it's $HOME"`);
  });

  it('are text, whatever is in them', async () => {
    const { rows, pane, tab } = await open(api);
    const markup = '<img/src=x/onerror="document.title=`changed`"><script>document.title="changed"</script>';
    const body = JSON.stringify({ id: 'markup', [markup]: markup });
    const sent = request(`${apiOf(api)}/items`, { method: 'POST', headers: { ...json, 'X-Markup': markup } }).end(body);
    await once(sent, 'response');
    await once(request(`${apiOf(api)}/items/${markup}`, { path: `/v1/items/${markup}` }).end(), 'response');
    await rows.first().locator('.target').getByText(markup).waitFor();
    await rows.nth(1).click();
    await pane.getByRole('heading', { name: '201 POST' }).waitFor();
    await pane
      .getByRole('row', { name: /^x-markup/i })
      .getByText(markup)
      .waitFor();
    await pane.locator('.code').first().getByText('<script>').first().waitFor();
    await tab.goto(`${api.url()}console/#/tables`);
    await tab.getByRole('searchbox', { name: 'Look up by id' }).fill('markup');
    await tab.keyboard.press('Enter');
    const item = itemsIn(tab).filter({ hasText: 'markup' });
    await item.getByText('<img').waitFor();
    await item.click();
    await pane.getByText('<script>').first().waitFor();
    expect(await tab.locator('#console img, #console script').count()).toBe(0);
    expect(await tab.title()).toBe('Tables · Console');
  });

  it('are the last 1,000', async () => {
    const { rows, tab } = await open(api);
    for (let count = 0; count < 1010; count += 10)
      await Promise.all(Array.from({ length: 10 }, (_, index) => send(api, 'GET', `/bounded?${count + index}`)));
    await tab.getByText('1,000 requests').waitFor();
    await rows.locator('.target').getByText('/v1/bounded?1009', { exact: true }).waitFor();
    expect(await rows.count()).toBe(1000);
    expect(await rows.last().textContent()).toContain('/bounded');
  });

  it('are followed again once the twin has started again', async () => {
    const page = await startPage(api.stack(), { port: 0, onError: () => {} });
    const { tab, rows } = await openConsole(browser, page.console);
    await page.stop();
    await tab.getByText('The twin has stopped').waitFor();
    const again = await startPage(api.stack(), { port: Number(new URL(page.url).port), onError: () => {} });
    await tab.getByText('Live', { exact: true }).waitFor();
    await send(api, 'GET', '/items/later');
    await rows.first().filter({ hasText: 'later' }).waitFor();
    await tab.context().close();
    await again.stop();
  });
});

describe('the tables', () => {
  const api = documented(() => ({ parameters: { AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' } }));

  /** Creates an item, and opens it. */
  const openItem = async (id: string, body: object): Promise<Console> => {
    await signed(api, 'POST', '/items', JSON.stringify({ id, ...body }));
    const console = await open(api);
    const { tab, pane } = console;
    await console.view('Tables');
    await tab.getByRole('searchbox', { name: 'Look up by id' }).fill(id);
    await tab.keyboard.press('Enter');
    await itemsIn(tab).filter({ hasText: id }).click();
    await pane.getByRole('button', { name: 'Edit' }).waitFor();
    return console;
  };

  it('show items page by page', async () => {
    for (let index = 0; index < 26; index += 1) await signed(api, 'POST', '/items', JSON.stringify({ id: `many-${index}` }));
    const { tab, view } = await open(api);
    await view('Tables');
    const items = itemsIn(tab);
    await items.nth(24).waitFor();
    expect(await items.count()).toBe(25);
    await tab.getByRole('button', { name: 'Next page' }).click();
    await items.nth(25).waitFor();
    await tab.getByRole('button', { name: 'Next page' }).waitFor({ state: 'hidden' });
    await items.first().focus();
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Enter');
    await tab.getByRole('region', { name: 'Item', exact: true }).last().waitFor();
  });

  it('change an item, which curl then reads, and reject a stale change', async () => {
    const { tab, pane } = await openItem('lamp', { price: 1 });
    await pane.getByRole('button', { name: 'Edit' }).click();
    const field = pane.getByRole('textbox', { name: 'Item as JSON' });
    await field.fill('{"price":12345678901234567890.10}');
    await pane.getByRole('button', { name: 'Save' }).click();
    await pane.getByText('12345678901234567890.1').waitFor();
    const { stdout } = await shell(curl(api, '/items/lamp'));
    expect(stdout).toMatch(/"version":2,.*"price":12345678901234567890.1\}$/);

    await pane.getByRole('button', { name: 'Edit' }).click();
    await field.fill('{"price":2}');
    const tag = (await signed(api, 'GET', '/items/lamp')).headers.get('etag') ?? '';
    const now = (await signed(api, 'PUT', '/items/lamp', '{"price":3}')).headers.get('etag') ?? '';
    await pane.getByRole('button', { name: 'Save' }).click();
    const conflict = pane.locator('.callout');
    await conflict.getByText('412: nothing was changed').waitFor();
    expect(await conflict.locator('dd').allTextContents()).toEqual([tag, now]);
    expect(await (await signed(api, 'GET', '/items/lamp')).json()).toMatchObject({ price: 3 });

    await conflict.getByRole('button', { name: 'Load the item as it is now' }).click();
    await expect.poll(() => field.inputValue()).toContain('"price": 3');
    await field.fill('{"price":4}');
    await pane.getByRole('button', { name: 'Save' }).click();
    await tab.getByText('Saved').waitFor();
    expect(await (await signed(api, 'GET', '/items/lamp')).json()).toMatchObject({ price: 4 });
  });

  it('say what the API rejects', async () => {
    const { pane } = await openItem('chair', {});
    await pane.getByRole('button', { name: 'Edit' }).click();
    await pane.getByRole('textbox', { name: 'Item as JSON' }).fill('[]');
    await pane.getByRole('button', { name: 'Save' }).click();
    await pane.getByRole('alert').getByText('400').first().waitFor();
    await pane.getByRole('button', { name: 'Cancel' }).click();
    await pane.getByRole('button', { name: 'Edit' }).waitFor();
  });

  it('delete an item if it is unchanged', async () => {
    const { pane, tab } = await openItem('table', {});
    await pane.getByRole('button', { name: 'Delete' }).click();
    const question = pane.getByRole('alertdialog');
    await question.waitFor();
    await signed(api, 'PUT', '/items/table', '{"changed":true}');
    await question.getByRole('button', { name: 'Delete' }).click();
    await pane.getByText('412: nothing was changed').waitFor();
    await pane.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete' }).click();
    await tab.getByText('Deleted').waitFor();
    expect((await signed(api, 'GET', '/items/table')).status).toBe(404);
  });
});

describe('the tables of another template', () => {
  const api = documented(() => ({}), readFileSync('test/twin/foreign/long-form.yaml', 'utf8'));

  it('are read only', async () => {
    const { tab, view } = await open(api);
    await view('Tables');
    await tab.getByText('read only').waitFor();
    expect(await tab.getByRole('combobox', { name: 'Table' }).textContent()).toBe('UsersTable (users-dev)');
    expect(await tab.getByRole('link', { name: 'Docs' }).count()).toBe(0);
  });
});

describe('the stack', () => {
  const api = documented(() => ({ parameters: { WebAcl: 'true' } }));

  it('shows resources by service, parameters, outputs, warnings and the environments of functions', async () => {
    const { tab, view } = await open(api);
    await view('Stack');
    const of = (title: string) =>
      tab.locator('.card').filter({ has: tab.getByRole('heading', { name: title, exact: true }) });
    const row = of('Functions').getByRole('row').filter({ hasText: 'CreateItemFunction' });
    await row.getByText('None: the next request starts one').waitFor();
    await send(api, 'POST', '/items', { body: '{}' });
    await send(api, 'POST', '/items', { body: '{}' });
    await row.getByText('frozen').waitFor();
    await row.getByText(/^ ?\d+ of 256 MB$/).waitFor();
    await row.getByRole('cell', { name: '2', exact: true }).waitFor();
    await of('Parameters').getByText('EnvironmentSuffix', { exact: true }).waitFor();
    await of('Outputs').getByText('Base URL of the API').waitFor();
    await of('Warnings').getByText('AWS WAF is not simulated').waitFor();
    await of('Resources').getByText('DynamoDB 1 resource').click();
    await of('Resources').getByRole('row', { name: 'ItemsTable Table items-dev' }).waitFor();
  });
});

describe('the console', () => {
  const api = documented(() => ({}));
  beforeAll(async () => {
    const tag = (await send(api, 'POST', '/items', { body: '{"id":"lamp"}' })).headers.get('etag') ?? '';
    await send(api, 'PUT', '/items/lamp', { body: '{}' });
    await send(api, 'PUT', '/items/lamp', { body: '{}', headers: { 'If-Match': tag } });
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('fits in %s, %d pixels wide', async (scheme, width) => {
    const { tab, rows, pane, view } = await open(api, { scheme, width });
    await rows.first().click();
    await pane.locator('.trail').waitFor();
    expect(await overflow(tab)).toBe(0);
    const [red = 0] = await colours(tab);
    expect(red < 128).toBe(scheme === 'dark');
    await tab.getByRole('button', { name: 'Close' }).click();
    await rows.first().waitFor();
    expect(await overflow(tab)).toBe(0);
    await view('Tables');
    await itemsIn(tab).first().click();
    await pane.getByRole('button', { name: 'Edit' }).click();
    await pane.getByRole('textbox').waitFor();
    expect(await overflow(tab)).toBe(0);
    await view('Stack');
    await tab.getByRole('heading', { name: 'Resources' }).waitFor();
    for (const service of await tab.locator('.service > summary').all()) await service.click();
    expect(await overflow(tab)).toBe(0);
  });
});

/** Sends a request to the API of a stack that asks for a signature and a key. */
const signed = async (api: Documented, method: string, path: string, body = ''): Promise<Response> => {
  const { signedHeaders } = await import('../twin/gateway/signer.ts');
  const { credentials, apiKey = '' } = api.stack();
  if (!credentials) throw new Error('the stack asks for no signatures');
  const url = apiOf(api) + path;
  const headers = await signedHeaders(url, { method, body }, { credentials, region: credentials.region });
  return fetch(url, { method, headers: { ...headers, ...json, 'x-api-key': apiKey }, ...(body !== '' && { body }) });
};

/** A line for curl that reads a path with the credentials that `items local` prints. */
const curl = (api: Documented, path: string): string => {
  const { credentials, apiKey } = api.stack();
  const user = `${credentials?.accessKeyId}:${credentials?.secretAccessKey}`;
  const signing = `--aws-sigv4 aws:amz:${credentials?.region}:execute-api --user '${user}'`;
  return `curl -s ${signing} -H 'x-api-key: ${apiKey}' ${apiOf(api)}${path}`;
};

/** The rows of a table. */
const itemsIn = (tab: Console['tab']) => tab.getByRole('listbox', { name: 'Items' }).getByRole('option');

/** Red, green and blue of the background. */
const colours = async (tab: Console['tab']): Promise<number[]> => {
  const colour = await tab.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  return [...colour.matchAll(/\d+/g)].map(Number);
};
