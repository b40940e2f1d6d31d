/* Takes the picture of the console that the README shows: `node test/browser/screenshot.ts`, with Chromium as for check:browser. */
import { readFileSync } from 'node:fs';
import { startPage } from '../../src/page/index.ts';
import { start } from '../../src/twin/index.ts';
import { startBrowser } from './browser.ts';
import { openConsole } from './console.ts';

/** A role that may not do what its function does. */
const template = readFileSync('template.yaml', 'utf8').replace('Action: dynamodb:DeleteItem', 'Action: dynamodb:GetItem');
const stack = await start(template, { parameters: { AuthorizationType: 'NONE' } });
const page = await startPage(stack, { port: 0, onError: console.error });
const browser = await startBrowser();
try {
  const url = `${stack.stages[0]?.url}/items`;
  const send = (method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    });
  const created = await send('POST', '', '{"id":"lamp","name":"Desk lamp","price":12.50}');
  await send('GET', '/lamp');
  await send('GET', '?limit=10');
  await send('PUT', '/lamp', '{"name":"Desk lamp","price":9.99}', { 'If-Match': created.headers.get('etag') ?? '' });
  await send('DELETE', '/nothing');
  await send('POST', '', '["not an item"]');
  await send('PUT', '/lamp', '{"name":"Desk lamp","price":8}', { 'If-Match': created.headers.get('etag') ?? '' });
  await send('POST', '', '{"id":"chair","name":"Chair"}');
  await send('POST', '', '{"id":"lamp"}');
  await send('GET', '/sofa');
  await send('DELETE', '/lamp');
  await send('GET', '/lamp');
  const { tab, rows, step } = await openConsole(browser, page.console, { height: 600 });
  await rows.filter({ hasText: 'DELETE' }).first().click();
  await step('IAM').waitFor();
  await tab.emulateMedia({ reducedMotion: 'reduce' });
  await tab.screenshot({ path: 'docs/console.png' });
} finally {
  await Promise.all([browser.close(), page.stop(), stack.stop()]);
}
