import { once } from 'node:events';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import type { PageStack } from '../../src/page/context.ts';
import { type Page, startPage } from '../../src/page/index.ts';
import { maxBodyBytes } from '../../src/twin/gateway/limits.ts';
import { start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { ask, ownHeaders, posted, stackAt, startRecorder } from './support.ts';

const ends: (() => Promise<void>)[] = [];
const failures: unknown[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  expect(failures.splice(0)).toEqual([]);
});

/** Starts something that ends with the test. */
const ending = <T extends { stop(): Promise<void> }>(started: T): T => {
  ends.push(() => started.stop());
  return started;
};

const pageOf = async (stack: PageStack): Promise<Page> => {
  const page = await startPage(stack, { port: 0, onError: (error) => failures.push(error) });
  if (!page) throw new Error('there is no page');
  return ending(page);
};

const send = async (page: Page, body: Buffer, more: Record<string, string> = {}) =>
  ask(`${page.url}send`, { method: 'POST', headers: { ...(await ownHeaders(page)), ...more }, body });

it('passes request and response on, byte for byte', async () => {
  const body = gzipSync('compressed, and whoever sends it says so');
  const answered = [
    ['ETag', '"a"'],
    ['Vary', 'A'],
    ['vary', 'B'],
    ['Content-Encoding', 'gzip'],
    ['X-Raw', 'ä'],
  ];
  const api = ending(
    await startRecorder((response) =>
      response.writeHead(418, 'Short and stout', [...answered, ['Keep-Alive', 'timeout=9']].flat()).end(body),
    ),
  );
  const page = await pageOf(stackAt(`${api.url}/v1`));
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const target = `${api.url}/v1/items/a%20b?limit=1&cursor=%2B+c`;
  const headers: [string, string][] = [
    ['If-Match', '"a"'],
    ['X-Raw', 'ä'],
    ['cookie', 'a=b'],
    ['accept', '*/*'],
  ];
  const response = await send(page, posted(target, { method: 'PUT', headers, body: bytes }), {
    Cookie: 'c=d',
    'Accept-Language': 'de',
    'User-Agent': 'browser',
  });

  const [sent] = api.requests;
  expect(sent?.message).toMatchObject({ method: 'PUT', url: '/v1/items/a%20b?limit=1&cursor=%2B+c' });
  expect(sent?.body).toEqual(bytes);
  expect(sent?.message.rawHeaders).toEqual([
    ...['Host', new URL(api.url).host],
    ...['If-Match', '"a"'],
    ...['X-Raw', 'ä'],
    ...['accept', '*/*'],
    ...['Content-Length', '256'],
    ...['Connection', 'close'],
  ]);
  expect(response.status).toBe(418);
  expect(response.body).toEqual(body);
  // A header of the connection, which is another one.
  expect(response.headers).not.toHaveProperty('keep-alive');
  expect(response.rawHeaders.slice(0, response.rawHeaders.indexOf('Date'))).toEqual(answered.flat());
});

it.each([
  ['GET', []],
  ['DELETE', []],
  ['POST', ['0']],
])('sends a %s without a body as such', async (method, lengths) => {
  const api = ending(await startRecorder((response) => response.writeHead(204).end()));
  const response = await send(await pageOf(stackAt(api.url)), posted(`${api.url}/items`, { method }));
  expect(response).toMatchObject({ status: 204, body: Buffer.alloc(0) });
  expect(api.requests[0]?.message.headersDistinct['content-length'] ?? []).toEqual(lengths);
});

it('takes bodies as large as API Gateway does, and no larger ones', async () => {
  const api = ending(await startRecorder((response, message) => response.end(message.headers['content-length'])));
  const page = await pageOf(stackAt(api.url));
  const largest = posted(`${api.url}/items`, { method: 'POST', body: Buffer.alloc(maxBodyBytes) });
  expect(await send(page, largest)).toMatchObject({ status: 200, text: String(maxBodyBytes) });
  const larger = posted(`${api.url}/items`, { method: 'POST', body: Buffer.alloc(2 * maxBodyBytes) });
  expect(await send(page, larger)).toMatchObject({ status: 413, text: expect.stringMatching(/ 10485760 bytes\.\n$/) });
  expect(api.requests).toHaveLength(1);
});

it('says that the API does not respond', async () => {
  const api = await startRecorder();
  const page = await pageOf(stackAt(api.url));
  await api.stop();
  const response = await send(page, posted(`${api.url}/items`));
  expect(response).toMatchObject({ status: 502, text: expect.stringMatching(/^http:\S+ does not respond: .*ECONNREFUSED/) });
});

it('signs what it sends to methods that ask for AWS_IAM', async () => {
  const parameters = { ...typescript.options.parameters, AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' };
  const stack = ending(await start(typescript.template, { parameters }));
  const page = await pageOf(stack);
  const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
  const key: [string, string] = ['x-api-key', stack.apiKey ?? ''];
  const json: [string, string] = ['content-type', 'application/json'];
  const body = '{"id":"a~b","text":"ä","number":12345678901234567890}';
  const created = await send(page, posted(`${url}/items`, { method: 'POST', headers: [key, json], body }));
  expect(created).toMatchObject({ status: 201, headers: { etag: expect.stringMatching(/^".{22}"$/) } });
  expect(created.text).toContain('"number":12345678901234567890');
  for (const path of ['/items/a~b', '/items/%61~b?x', '/items?limit=1&cursor=YQ', '/items?limit=a+b&limit=%C3%A4&x=a*(b)'])
    expect((await send(page, posted(url + path, { headers: [key] }))).status, path).not.toBe(403);
  // Scalar sends the header of a scheme whose field is empty.
  expect(await send(page, posted(`${url}/items`, { headers: [key, ['authorization', '']] }))).toMatchObject({ status: 200 });
  expect(await send(page, posted(`${url}/items`))).toMatchObject({
    status: 403,
    text: expect.stringMatching('invalid-api-key'),
  });
  const others = await send(page, posted(`${url}/items`, { headers: [key, ['authorization', 'Bearer of another']] }));
  expect(others).toMatchObject({ status: 403, text: expect.not.stringMatching('invalid-api-key') });
  expect((await ask(`${url}/items`, { headers: { 'x-api-key': stack.apiKey ?? '' } })).status).toBe(403);
});

it('ends with every connection, and with what it has sent', async () => {
  const { promise: sent, resolve } = Promise.withResolvers<unknown>();
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  const api = ending(
    await startRecorder((response, message) => {
      message.socket.once('close', end);
      resolve(response);
    }),
  );
  const page = await pageOf(stackAt(api.url));
  const idle = createConnection(Number(new URL(page.url).port), '127.0.0.1').resume();
  await once(idle, 'connect');
  const unanswered = send(page, posted(`${api.url}/items`)).catch((error: NodeJS.ErrnoException) => error.code);
  await sent;
  await Promise.all([page.stop(), once(idle, 'close')]);
  expect(await unanswered).toBe('ECONNRESET');
  await ended;
  await expect(ask(page.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
