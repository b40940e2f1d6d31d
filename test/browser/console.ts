import type { Browser, Locator, Page as Tab } from 'playwright-core';

/** The console in a browser. */
export interface Console {
  readonly tab: Tab;
  /** URLs of other origins that it has asked for. */
  readonly foreign: readonly string[];
  /** Errors and warnings of the browser's console, what its policy has stopped among them. */
  readonly complaints: readonly string[];
  /** Rows of the list of requests, newest first. */
  readonly rows: Locator;
  /** The request or item that is open. */
  readonly pane: Locator;
  /** A step of the decisions on the request that is open. */
  step(name: string): Locator;
  /** Shows a view: Requests, Tables or Stack. */
  view(name: string): Promise<void>;
}

export const openConsole = async (
  browser: Browser,
  url: string,
  {
    scheme = 'light',
    width = 1280,
    height = 800,
  }: { readonly scheme?: 'light' | 'dark'; readonly width?: number; readonly height?: number } = {},
): Promise<Console> => {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const foreign: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    const target = request.url();
    if (!target.startsWith(new URL(url).origin) && !/^(?:data|blob):/.test(target)) foreign.push(target);
  });
  const tab = await context.newPage();
  tab.on('pageerror', ({ message }) => complaints.push(message));
  tab.on('console', (message) => {
    // Chromium reports a response of the API that is an error, which the page shows.
    const isResponse = message.text().startsWith('Failed to load resource: the server responded with a status of');
    if (['error', 'warning'].includes(message.type()) && !isResponse) complaints.push(message.text());
  });
  await tab.goto(url);
  await tab.getByText('Live', { exact: true }).waitFor();
  const pane = tab.locator('.pane:visible');
  return {
    tab,
    foreign,
    complaints,
    rows: tab
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: tab.getByRole('gridcell') }),
    pane,
    step: (name) => pane.locator('.step').filter({ has: tab.getByText(name, { exact: true }) }),
    view: (name) => tab.getByRole('navigation').getByRole('link', { name }).click(),
  };
};

/** Pixels that the page is wider than its window. */
export const overflow = (tab: Tab): Promise<number> =>
  tab.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } };
      innerWidth: number;
    };
    return document.documentElement.scrollWidth - innerWidth;
  });
