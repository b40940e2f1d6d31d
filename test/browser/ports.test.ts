import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listeningPorts } from '../listening-ports.ts';
import { signedHeaders } from '../twin/gateway/signer.ts';
import { attempt, type Got, type Target } from './attempts.ts';
import { fetchIn, reboundHost, startBrowser } from './browser.ts';
import { documented } from './reference.ts';
import { type Site, sandboxedPath, startSite } from './site.ts';

/** Bytes that stand in an item, and that no page may read. */
const secret = 'only-for-callers';
/** What Lambda logs when it invokes a function. */
const invoked: string[] = [];

/** As `items local --inspect --expose-dynamodb` has it, with the page, with AWS_IAM, and one origin that is allowed. */
const twin = documented(() => ({
  parameters: { AuthorizationType: 'AWS_IAM', AllowedOrigins: 'https://page.example' },
  inspect: { port: 0 },
  onLog: ({ message }) => void (message.includes('"platform.start"') && invoked.push(message)),
}));

let browser: Browser;
let site: Site;
let ports: number[] = [];
const api = (): string => `${twin.stack().outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value}/items`;

const call = async (sent: { readonly method?: string; readonly body?: string } = {}) => {
  const { credentials } = twin.stack();
  if (!credentials) throw new Error('the stack asks for no signatures');
  const signed = await signedHeaders(api(), sent, { credentials, region: credentials.region });
  return fetch(api(), { ...sent, headers: { ...signed, 'Content-Type': 'application/json' } });
};

beforeAll(async () => {
  const body = JSON.stringify({ id: 'secret', secret });
  const created = await call({ method: 'POST', body });
  expect(created.status).toBe(201);
  twin.stack().dynamoDb('full');
  // Functions that run have a port of their debugger.
  const { inspectors = [] } = twin.stack();
  await Promise.all(inspectors.map(({ port }) => fetch(`http://127.0.0.1:${port}/json/list`)));
  ports = listeningPorts();
  [browser, site] = await Promise.all([startBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

/** Of the database, of debuggers, of the API, of runtimes, and of the page. */
const targets: Target[] = [
  ['/', '{"TableName":"items-dev"}'],
  ['/json/list'],
  ['/v1/items', '{"id":"theirs"}'],
  ['/2018-06-01/runtime/invocation/next'],
  ['/client.js'],
  ['/send', '{"method":"GET"}'],
  ['/console/console.js'],
  ['/console/live', '{}'],
  ['/console/items', '{"table":"items-dev"}'],
];

describe.skipIf(process.platform !== 'linux')('every port of a twin (needs /proc to find them)', () => {
  /** Has pages do something, and checks that nothing came of it in the API. */
  const act = async (pages: (context: BrowserContext) => Promise<void>): Promise<void> => {
    // The gateway, the page, five debuggers and their processes, and the endpoints of functions and of other tools.
    expect(ports.length).toBeGreaterThanOrEqual(14);
    twin.requests();
    invoked.length = 0;
    const context = await browser.newContext();
    await pages(context);
    await context.close();
    // AWS_IAM denies what any website may send to any API; a preflight is for everybody, and names the origin that is allowed.
    expect(twin.requests().filter((request) => !/^\w+ 403$|^OPTIONS 204$/.test(request))).toEqual([]);
    expect(invoked).toEqual([]);
    expect(await (await call()).json()).toEqual({ items: [expect.objectContaining({ id: 'secret', secret })] });
  };

  it.each([
    ['another port', '127.0.0.1', '/', '127.0.0.1'],
    ['another name', 'localhost', '/', 'localhost'],
    ['an opaque origin', '127.0.0.1', sandboxedPath, '127.0.0.1'],
  ])('gives nothing to a page of %s', async (_what, host, path, name) => {
    await act(async (context) => {
      const tab = await context.newPage();
      await tab.goto(`http://${host}:${site.port}${path}`);
      const got = await Promise.all(ports.map((port) => attempt(tab, `${name}:${port}`, targets)));
      expect(got.flat().filter((one) => !isHarmless(one))).toEqual([]);
    });
  });

  it('gives nothing to a website whose name leads here', async () => {
    await act(async (context) => {
      for (const port of ports) {
        const tab = await context.newPage();
        // Of the same origin as the server. A server may hang up on what it does not serve.
        const response = await tab.goto(`http://${reboundHost}:${port}/`).catch(() => undefined);
        if (!response) continue;
        expect(response.status()).toBeGreaterThanOrEqual(400);
        for (const [path, body] of targets) {
          const seen = await fetchIn(tab, path, body === undefined ? {} : { method: 'POST', body });
          if ('error' in seen) continue;
          expect(seen.status).toBeGreaterThanOrEqual(400);
          expect(seen.body).toMatch(
            /^(?:$|The twin serves|This server accepts requests for|Host header is specified|WebSockets request was expected|\{"message":"The twin)/,
          );
        }
        await tab.close();
      }
    });
  });
});

/** Without content: a gateway response is for everybody, and a script that is data defines nothing that a page can see. */
const isHarmless = ({ means, url, seen }: Got): boolean =>
  seen === 'nothing' ||
  (new URL(url).port === new URL(api()).port && seen.startsWith('403 ') && !seen.includes(secret)) ||
  (means === 'script' && url.endsWith('/json/list') && seen === 'loaded');
