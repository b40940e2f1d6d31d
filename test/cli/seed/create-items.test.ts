import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type CreateOptions, createItems } from '../../../src/cli/seed/create-items.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An API that responds to each item as told, and notes what it got. */
const api = async (respond: (body: string, response: ServerResponse, attempt: number) => unknown) => {
  const requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    requests.push({ headers: request.headers, body });
    respond(body, response, requests.filter((one) => one.body === body).length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/items`) };
};

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ line: index + 1, id: `${index}`, body: `{"id":"${index}","n":1.0e2}` }));
const problem = (title: string, more: object = {}): string => JSON.stringify({ title, ...more });
const options: CreateOptions = { signal: new AbortController().signal, userAgent: 'test' };
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'x', region: 'eu-west-1' };

describe('items of --seed', () => {
  it('are sent as they stand, signed and with the key, and counted', async () => {
    const { url, requests } = await api((body, response) => response.writeHead(/"[0-4]"/.test(body) ? 201 : 409).end());
    const items = lines(12);
    const result = await createItems({ credentials, apiKey: 'key' }, url, items, options);
    expect(result).toEqual({ written: 5, existing: 7 });
    expect(new Set(requests.map(({ body }) => body))).toEqual(new Set(items.map(({ body }) => body)));
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'test',
      'x-api-key': 'key',
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-west-1\/execute-api\//),
    });
  });

  it('are sent again when they are throttled, which is told once', async () => {
    let told = 0;
    const { url, requests } = await api((_body, response, attempt) =>
      attempt === 1 ? response.writeHead(429, { 'Retry-After': '0' }).end() : response.writeHead(201).end(),
    );
    const onThrottled = () => void told++;
    expect(await createItems({}, url, lines(6), { ...options, onThrottled })).toEqual({ written: 6, existing: 0 });
    expect({ requests: requests.length, told }).toEqual({ requests: 12, told: 1 });
  });

  it.each<[string, number, string, string]>([
    ['a bad item', 400, problem('Bad', { detail: 'The id is.' }), '400 Bad: The id is'],
    ['what a gateway says', 403, '{"message":"Forbidden"}', '403 Forbidden'],
    ['no JSON', 502, '<html>', '502'],
    ['a quota', 429, problem('Used up', { type: 'https://x/quota-exceeded' }), '429 Used up'],
    ['throttling without end', 429, problem('Too many'), '429 Too many'],
  ])('end with the first that fails: %s', async (_name, status, body, reason) => {
    const { url, requests } = await api((text, response) =>
      response.writeHead(text.includes('"2"') ? status : 201).end(body),
    );
    const result = await createItems({}, url, lines(50), { ...options, patience: 0 });
    expect(result.stopped).toEqual({ line: 3, reason });
    expect(result.written).toBe(requests.length - 1);
    expect(requests.length).toBeLessThan(20);
  });

  it('end when there is no response, and with the signal', async () => {
    const { url } = await api((_body, response) => response.destroy());
    expect((await createItems({}, url, lines(1), options)).stopped).toEqual({
      line: 1,
      reason: expect.stringMatching(/^there is no response \(.+\)$/),
    });
    const controller = new AbortController();
    const hanging = await api(() => controller.abort(new Error('enough')));
    await expect(createItems({}, hanging.url, lines(9), { ...options, signal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });
});
