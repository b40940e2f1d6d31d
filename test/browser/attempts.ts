import type { Page as Tab } from 'playwright-core';

/** What a page got from a URL: the means, and what it could tell by it. */
export interface Got {
  readonly means: string;
  readonly url: string;
  /** `nothing`, or what the page has seen. */
  readonly seen: string;
}

/** A path, and a body to post there, if the path takes one. */
export type Target = readonly [path: string, body?: string];

/** Tries all means that a page has to reach a server, at these paths. */
export const attempt = (tab: Tab, host: string, targets: readonly Target[]): Promise<Got[]> =>
  tab.evaluate(
    async ({ host, targets }) => {
      const { document, WebSocket, EventSource } = globalThis as unknown as Globals;
      const nothing = 'nothing';
      /** A hang tells a page nothing. */
      const within = (told: Promise<string>): Promise<string> =>
        Promise.race([told, new Promise<string>((resolve) => setTimeout(resolve, 5000, nothing))]);
      /** A response that a page can read, with its body. `opaque` ones are empty for pages. */
      const read = (url: string, init: RequestInit): Promise<string> =>
        fetch(url, init).then(
          async (response) => (response.type === 'opaque' ? nothing : `${response.status} ${await response.text()}`),
          () => nothing,
        );
      const opens = (target: Opening, close: () => void): Promise<string> =>
        new Promise<string>((resolve) => {
          target.onopen = () => resolve('open');
          target.onmessage = ({ data }) => resolve(`message ${data}`);
          target.onerror = () => resolve(nothing);
        }).finally(close);
      /** Elements that load from another place tell whether they could use what they got. */
      const loads = (name: string, url: string): Promise<string> => {
        const element = document.createElement(name);
        const told = new Promise<string>((resolve) => {
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve(nothing);
        });
        element.src = url;
        document.body.append(element);
        return told;
      };
      /** A form whose response goes into a frame. A page cannot read frames of other origins, not even their address. */
      const submits = (url: string, body: string): Promise<string> => {
        const frame = document.createElement('iframe');
        frame.name = `frame-${Math.random()}`;
        const form = document.createElement('form');
        Object.assign(form, { method: 'POST', enctype: 'text/plain', action: url, target: frame.name });
        const field = document.createElement('input');
        // As text/plain a form sends NAME=VALUE.
        Object.assign(field, { type: 'hidden', name: body.slice(0, -1), value: body.slice(-1) });
        form.append(field);
        document.body.append(frame);
        document.body.append(form);
        const told = new Promise<string>((resolve) => {
          frame.onload = () => {
            try {
              const text = frame.contentDocument?.body.textContent;
              if (text) resolve(`read ${text}`);
              else if (frame.contentDocument === null) resolve(nothing);
            } catch {
              resolve(nothing);
            }
          };
        });
        form.submit();
        return told;
      };

      const headers = { 'X-Amz-Target': 'DynamoDB_20120810.Scan', 'Content-Type': 'application/x-amz-json-1.0' };
      // Once for each server: Chromium delays the next connection when many have failed.
      const connects = (url: string): [string, string, Promise<string>][] => {
        const socket = new WebSocket(url);
        return [['WebSocket', url, opens(socket, () => socket.close())]];
      };
      const posts = (url: string, body: string): [string, string, Promise<string>][] => [
        ['fetch POST', url, read(url, { method: 'POST', headers, body })],
        ['fetch POST without CORS', url, read(url, { method: 'POST', mode: 'no-cors', body })],
        ['form', url, submits(url, body)],
      ];
      const tried = targets.flatMap(([path, body], index): [string, string, Promise<string>][] => {
        const url = `http://${host}${path}`;
        const events = new EventSource(url);
        return [
          ['fetch', url, read(url, {})],
          ['fetch without CORS', url, read(url, { mode: 'no-cors' })],
          ['fetch DELETE', url, read(url, { method: 'DELETE' })],
          ...(index > 0 ? [] : connects(`ws://${host}${path}`)),
          ['EventSource', url, opens(events, () => events.close())],
          ['script', url, loads('script', url)],
          ['img', url, loads('img', url)],
          ...(body === undefined ? [] : posts(url, body)),
        ];
      });
      return Promise.all(tried.map(async ([means, url, seen]) => ({ means, url, seen: await within(seen) })));
    },
    { host, targets },
  );

/* What an attempt needs of the DOM, whose types no program for Node.js has. */
interface Opening {
  onopen: () => void;
  onmessage: (event: { readonly data: unknown }) => void;
  onerror: () => void;
}

interface Element {
  name: string;
  src: string;
  onload: () => void;
  onerror: () => void;
  readonly contentDocument: { readonly body: { readonly textContent: string } } | null;
  append(child: object): void;
  submit(): void;
}

interface Globals {
  readonly document: { readonly body: { append(element: object): void }; createElement(name: string): Element };
  readonly WebSocket: new (url: string) => Opening & { close(): void };
  readonly EventSource: new (url: string) => Opening & { close(): void };
}
