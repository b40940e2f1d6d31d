import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';
import type { Edition } from '../editions.ts';
import { signedHeaders } from '../twin/gateway/signer.ts';
import { fetchIn, type Seen, type Sent } from './browser.ts';

/** Asks the API from a page, by path. */
export type Ask = (path: string, sent?: Sent) => Promise<Seen>;

/** The API as pages see it, and what shows beside them. */
export interface ServedApi {
  /** Invoke URL. */
  url(): string;
  /** Opens a page and forgets the requests before. */
  open(address: string): Promise<Ask>;
  /** Method and status of each request since a page was opened. The gateway tells of each before it answers. */
  requests(): readonly string[];
  /** Creates an item that no page asked for. Returns its path. */
  create(): Promise<string>;
  /** Reads a path as no page does. */
  get(path: string): Promise<unknown>;
  /** Headers that sign a GET of a path, and bring a key. */
  authorize(path: string): Promise<Record<string, string>>;
}

export const json = { 'Content-Type': 'application/json' };

/** Runs a stack around the tests of a group, and a browser with nothing kept around each of them. */
export const serve = (
  browser: () => Browser,
  { template, options }: Pick<Edition, 'template' | 'options'>,
  parameters: () => Readonly<Record<string, string>>,
): ServedApi => {
  let stack: Stack;
  let context: BrowserContext;
  const log: string[] = [];
  beforeAll(async () => {
    stack = await start(template, {
      ...options,
      parameters: { ...options.parameters, ...parameters() },
      onRequest: ({ method, status }) => void log.push(`${method} ${status}`),
    });
  });
  afterAll(() => stack?.stop());
  beforeEach(async () => {
    context = await browser().newContext();
  });
  afterEach(() => context.close());

  const url = (): string => stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
  return {
    url,
    async open(address) {
      const page = await context.newPage();
      await page.goto(address);
      log.length = 0;
      return (path, sent) => fetchIn(page, url() + path, sent);
    },
    requests: () => [...log],
    async create() {
      const response = await fetch(`${url()}/items`, { method: 'POST', headers: json, body: '{"name":"Lamp"}' });
      return `/items/${((await response.json()) as { id: string }).id}`;
    },
    get: async (path) => (await fetch(url() + path)).json(),
    async authorize(path) {
      const { credentials, apiKey = '' } = stack;
      if (!credentials) throw new Error('the stack asks for no signatures');
      const signed = await signedHeaders(url() + path, {}, { credentials, region: credentials.region });
      return { ...signed, 'X-Api-Key': apiKey };
    },
  };
};
