import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { operations } from '../../src/contract/operations.ts';
import type { PageStack } from '../../src/page/context.ts';
import type { Page } from '../../src/page/index.ts';
import type { Description } from '../../src/twin/index.ts';

/** A response, with its headers and its bytes as they were sent. */
export interface Received {
  readonly status: number | undefined;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly text: string;
}

/** Sends a request with any headers, also those that `fetch` keeps for itself. */
export const ask = async (
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Received> => {
  const outgoing = request(url, { method, headers, agent: false }).end(body);
  const [message] = (await once(outgoing, 'response')) as [IncomingMessage];
  const bytes = await buffer(message);
  const { statusCode: status, rawHeaders } = message;
  return { status, rawHeaders, headers: message.headers, body: bytes, text: bytes.toString() };
};

/** A server that keeps what it was sent, and responds as it is told to. */
export interface Recorder {
  readonly url: string;
  readonly requests: { readonly message: IncomingMessage; readonly body: Buffer }[];
  stop(): Promise<void>;
}

export const startRecorder = async (
  respond: (response: ServerResponse, message: IncomingMessage) => void = (response) => response.end('recorded'),
): Promise<Recorder> => {
  const requests: { message: IncomingMessage; body: Buffer }[] = [];
  const server = createServer(async (message, response) => {
    requests.push({ message, body: await buffer(message) });
    respond(response, message);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** A stack that has every operation, at a URL. */
export const stackAt = (url: string, more: Partial<Description> = {}): PageStack => {
  const {
    methods = operations.map(({ method, path }) => ({
      httpMethod: method,
      resourcePath: path,
      authorizationType: 'NONE' as const,
      apiKeyRequired: false,
    })),
  } = more;
  const described: Description = {
    outputs: [],
    stages: [{ name: 'v1', apiName: 'items', url, methods, remarks: [] }],
    methods,
    apiKeys: [],
    authorizationTypes: new Set(['NONE']),
    warnings: [],
    ...more,
  };
  return {
    ...described,
    observe: (observer) => {
      observer({
        type: 'stack',
        stack: { ...described, name: 'items-local', region: 'us-east-1', parameters: [], resources: [], functions: [] },
      });
      return () => {};
    },
    dynamoDb: () => ({ endpoint: 'http://127.0.0.1:1', accessKeyId: 'A', secretAccessKey: 'S', region: 'us-east-1' }),
  };
};

/** The settings that the page gets from its server. */
export interface Settings {
  readonly token: string;
  readonly scalar: Readonly<Record<string, unknown>>;
}

export const settingsOf = async ({ url }: Pick<Page, 'url'>): Promise<Settings> => {
  const [, settings = ''] = /data-settings="([^"]*)"/.exec((await ask(url)).text) ?? [];
  return JSON.parse(
    settings.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
};

/** The body that the page posts to have a request sent. */
export const posted = (
  url: string,
  {
    method = 'GET',
    headers = [],
    body = '',
  }: { method?: string; headers?: [string, string][]; body?: string | Buffer } = {},
): Buffer => Buffer.concat([Buffer.from(`${JSON.stringify({ method, url, headers })}\n`), Buffer.from(body)]);

/** Headers of the page's own request in a browser. */
export const ownHeaders = async (page: Page): Promise<Record<string, string>> => ({
  Origin: new URL(page.url).origin,
  'Sec-Fetch-Site': 'same-origin',
  'X-Page-Token': (await settingsOf(page)).token,
});
