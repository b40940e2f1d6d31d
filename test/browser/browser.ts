import { type Browser, chromium, type Page } from 'playwright-core';

/** The name of a website that leads to this machine, for the browsers of these tests: DNS rebinding. */
export const reboundHost = 'rebound.example';

/** Starts the Chromium that CHROMIUM names, or Debian's. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // It runs as root in CI, where Chromium has no sandbox; all that it opens are pages of this test.
    chromiumSandbox: false,
    // Nothing but what the pages ask for goes out.
    args: [
      `--host-resolver-rules=MAP ${reboundHost} 127.0.0.1`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** What a page asks its browser to fetch. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body that brings its own type, or none if that is empty. */
  readonly blob?: { readonly type: string; readonly text: string };
  readonly cache?: 'default' | 'force-cache';
  readonly credentials?: 'include';
}

/** What the page gets to see: an answer, or the name of the error that fetch rejects with. */
export type Seen = Answer | { readonly error: string };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Fetches in the page itself, with all that its browser enforces. */
export const fetchIn = (page: Page, url: string, sent: Sent = {}): Promise<Seen> =>
  page.evaluate(
    async ({ url, sent: { blob, ...sent } }) => {
      try {
        const body = blob ? { body: new Blob([blob.text], blob) } : {};
        const response = await fetch(url, { ...sent, ...body });
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: await response.text(),
        };
      } catch (error) {
        return { error: error instanceof Error ? error.name : String(error) };
      }
    },
    { url, sent },
  );
