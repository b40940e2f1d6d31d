import { request } from 'node:http';
import { expect, it } from 'vitest';
import { stackStarter, template } from './support.ts';

const start = stackStarter();

/** A request as it is, and the response undecoded. */
const send = (url: string, method: string, headers: Record<string, string> = {}, body?: Buffer) =>
  new Promise<{ status: number | undefined; encoding: string | undefined; body: Buffer }>((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status } = response;
        resolve({ status, encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end(body);
  });

it('has ANY stand for the seven methods of API Gateway', async () => {
  const text = template({ method: { HttpMethod: 'ANY' } });
  const { url } = await start(text);
  for (const method of ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
    expect((await send(url, method)).status).toBe(200);
  for (const method of ['PROPFIND', 'TRACE']) expect((await send(url, method)).status).toBe(403);
});

it('compresses from MinimumCompressionSize on what the client prefers compressed', async () => {
  const code = { ZipFile: "exports.handler = async () => ({ statusCode: 200, body: 'x'.repeat(100) });" };
  const { url } = await start(template({ api: { MinimumCompressionSize: 100 }, function: { Code: code } }));
  const { gunzipSync, inflateSync } = process.getBuiltinModule('node:zlib');
  const gzip = await send(url, 'GET', { 'Accept-Encoding': 'deflate;q=0.5, gzip' });
  expect([gzip.encoding, gunzipSync(gzip.body).toString()]).toEqual(['gzip', 'x'.repeat(100)]);
  const deflate = await send(url, 'GET', { 'Accept-Encoding': 'deflate' });
  expect([deflate.encoding, inflateSync(deflate.body).toString()]).toEqual(['deflate', 'x'.repeat(100)]);
  for (const coding of ['br, gzip', '*', 'identity', 'gzip;q=0'])
    expect((await send(url, 'GET', { 'Accept-Encoding': coding })).encoding).toBeUndefined();
  expect((await send(url, 'GET')).encoding).toBeUndefined();
});

it('leaves what is smaller than MinimumCompressionSize', async () => {
  const { url } = await start(template({ api: { MinimumCompressionSize: 6 } }));
  expect((await send(url, 'GET', { 'Accept-Encoding': 'gzip' })).body.toString()).toBe('hello');
});

it('hands a binary body to templates as base64 with CONVERT_TO_TEXT', async () => {
  const { url } = await start(
    template({
      api: { BinaryMediaTypes: ['image/png'] },
      function: { Code: { ZipFile: 'exports.handler = async (event) => event;' } },
      integration: {
        Type: 'AWS',
        ContentHandling: 'CONVERT_TO_TEXT',
        RequestTemplates: { 'image/png': '{"image": "$input.body"}' },
        IntegrationResponses: [{ StatusCode: '200', ContentHandling: 'CONVERT_TO_TEXT' }],
      },
      method: { HttpMethod: 'POST', MethodResponses: [{ StatusCode: '200' }] },
    }),
  );
  const { body } = await send(url, 'POST', { 'Content-Type': 'image/png' }, Buffer.from([0xff, 0x00, 0x80]));
  expect(JSON.parse(body.toString())).toEqual({ image: '/wCA' });
});

it.each([
  [
    { ContentHandling: 'CONVERT_TO_BINARY' },
    /ContentHandling is "CONVERT_TO_BINARY", which the local twin does not support/,
  ],
])('rejects %j', async (integration, message) => {
  await expect(start(template({ integration }))).rejects.toThrow(message);
});
