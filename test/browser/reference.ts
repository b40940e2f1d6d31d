import type { Browser, Locator, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Page, startPage } from '../../src/page/index.ts';
import { type Stack, type StartOptions, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';

/** The twin with its page, and what the page does in a browser. */
export interface Documented {
  readonly stack: () => Stack;
  /** URL of the page. */
  readonly url: () => string;
  /** Method and status of every request that the API has had since the last call. */
  readonly requests: () => string[];
}

/** Runs the twin and its pages around the tests of a group. */
export const documented = (options: () => StartOptions, template = typescript.template): Documented => {
  const log: string[] = [];
  const failures: unknown[] = [];
  let stack: Stack;
  let page: Page | undefined;
  beforeAll(async () => {
    const { parameters, ...others } = options();
    stack = await start(template, {
      ...others,
      parameters: { ...(template.includes('ThrottlingRateLimit') && typescript.options.parameters), ...parameters },
      onRequest: ({ method, status }) => void log.push(`${method} ${status}`),
    });
    page = await startPage(stack, { port: 0, onError: (error) => failures.push(error) });
  });
  afterAll(async () => {
    await Promise.all([page?.stop(), stack?.stop()]);
    if (failures.length > 0) throw new AggregateError(failures, 'the server of the page has failed');
  });
  return { stack: () => stack, url: () => page?.url ?? '', requests: () => log.splice(0) };
};

/** The page in a browser. */
export interface Reference {
  readonly tab: Tab;
  /** URLs of other origins that it has asked for. */
  readonly foreign: readonly string[];
  /** Errors and warnings of its console, what its policy has stopped among them. */
  readonly complaints: readonly string[];
  /** Opens the client on an operation, by method and path. */
  open(operation: string): Promise<Client>;
}

/** Scalar's client, which sends requests. */
export interface Client {
  readonly dialog: Locator;
  /** The body of the response as it is shown. */
  shown(): Promise<string>;
  /** Switches a header on and sets its value. */
  header(name: string, value: string): Promise<void>;
  parameter(name: string, value: string): Promise<void>;
  body(text: string): Promise<void>;
  /** Sends the request. Returns the status as it is shown, such as `201 Created`. */
  send(): Promise<string>;
  close(): Promise<void>;
}

export const openReference = async (
  browser: Browser,
  url: string,
  { scheme = 'light', width = 1280 }: { readonly scheme?: 'light' | 'dark'; readonly width?: number } = {},
): Promise<Reference> => {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const foreign: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    const target = request.url();
    if (!target.startsWith(url) && !/^(?:data|blob):/.test(target)) foreign.push(target);
  });
  const tab = await context.newPage();
  tab.on('pageerror', ({ message }) => complaints.push(message));
  tab.on('console', (message) => {
    // Chromium reports a response of the API that is an error, which the page shows.
    const isResponse = message.text().startsWith('Failed to load resource: the server responded with a status of');
    if (['error', 'warning'].includes(message.type()) && !isResponse) complaints.push(message.text());
  });
  await tab.goto(url);
  await tab.getByRole('heading', { name: 'Items API', level: 1 }).waitFor();
  return {
    tab,
    foreign,
    complaints,
    open: async (operation) => {
      // What is further down is rendered once it is asked for.
      await tab.getByRole('main').getByRole('link', { name: operation, exact: true }).click();
      await tab
        .getByRole('button', { name: /^Test Request/ })
        .filter({ hasText: `(${operation})` })
        .click();
      return clientIn(tab);
    },
  };
};

const clientIn = (tab: Tab): Client => {
  const dialog = tab.getByRole('dialog', { name: 'API Client' });
  const row = (name: string): Locator => dialog.getByRole('row', { name: `Include ${name} in request` });
  return {
    dialog,
    shown: async () => {
      const lines = dialog.getByRole('region', { name: 'Response' }).getByRole('textbox').locator('.cm-line');
      return (await lines.allTextContents()).join('\n');
    },
    header: async (name, value) => {
      await row(name).getByRole('combobox', { name: 'Value' }).fill(value);
      await row(name).getByRole('checkbox').check();
    },
    parameter: (name, value) => row(name).getByRole('combobox', { name: 'Value' }).fill(value),
    body: (text) =>
      dialog
        .getByRole('region', { name: /^Request:/ })
        .getByRole('textbox')
        .fill(text),
    send: async () => {
      const received = tab.waitForResponse((response) => response.url().endsWith('/send'));
      await dialog.getByRole('button', { name: /^Send \w+ request to/ }).click();
      const status = statusIn(dialog, (await received).status());
      await status.waitFor();
      return (await status.textContent())?.trim() ?? '';
    },
    close: () => dialog.getByRole('button', { name: 'Close Client' }).click(),
  };
};

/** The link that shows a status in the response. */
export const statusIn = (dialog: Locator, status: number): Locator =>
  dialog.getByRole('region', { name: 'Response' }).getByRole('link', { name: new RegExp(`^${status} `) });
