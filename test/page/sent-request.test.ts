import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOfStage, parseSentRequest } from '../../src/page/sent-request.ts';
import { posted } from './support.ts';

const url = 'http://127.0.0.1:3000/v1/items';

describe('parseSentRequest', () => {
  it('reads method, URL, headers and the bytes of the body', () => {
    const body = Buffer.from([0, 10, 13, 255, 123]);
    expect(parseSentRequest(posted(url, { method: 'PUT', headers: [['If-Match', '"a"']], body }))).toEqual({
      method: 'PUT',
      url: new URL(url),
      headers: [['If-Match', '"a"']],
      body,
    });
  });

  it('keeps every body', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const body = Buffer.from(bytes);
        expect(parseSentRequest(posted(url, { method: 'POST', body }))?.body).toEqual(body);
      }),
    );
  });

  it.each([
    'Connection',
    'Content-Length',
    'COOKIE',
    'Host',
    'Keep-Alive',
    'Origin',
    'Proxy-Authorization',
    'Sec-Fetch-Site',
    'Transfer-Encoding',
    'Upgrade',
  ])('leaves out %s', (name) => {
    expect(parseSentRequest(posted(url, { headers: [[name, 'x']] }))?.headers).toEqual([]);
  });

  it.each([
    ['without a line', Buffer.from('{}')],
    ['that is not JSON', Buffer.from('GET /\n')],
    ['that is null', Buffer.from('null\n')],
    ['without headers', Buffer.from(`{"method":"GET","url":"${url}"}\n`)],
    ['with CONNECT', posted(url, { method: 'CONNECT' })],
    ['with another spelling of a method', posted(url, { method: 'get' })],
    ['with a URL that is none', posted('items')],
    ['with a header name that splits the request', posted(url, { headers: [['a: b\r\nc', 'd']] })],
    ['with a header value that splits the request', posted(url, { headers: [['a', 'b\r\nHost: c']] })],
    ['with a header value that is no bytes', posted(url, { headers: [['a', '\u0100']] })],
    ['with a header that is no pair', Buffer.from(`{"method":"GET","url":"${url}","headers":[["a"]]}\n`)],
    ['with a header that is no text', Buffer.from(`{"method":"GET","url":"${url}","headers":[["a",1]]}\n`)],
  ])('rejects a message %s', (_what, message) => {
    expect(parseSentRequest(message)).toBeUndefined();
  });
});

describe('isOfStage', () => {
  it.each(['/v1', '/v1/', '/v1/items', '/v1/items/a?limit=1', '/v1/x/../items', '/v1/items/%2e%2e/items'])(
    'takes %s',
    (path) => {
      expect(isOfStage(new URL(path, url), 'http://127.0.0.1:3000/v1')).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1:3000/',
    'http://127.0.0.1:3000/v2/items',
    'http://127.0.0.1:3000/v10/items',
    'http://127.0.0.1:3000/v1/../v2',
    'http://127.0.0.1:3000/v1/%2e%2e/v2',
    'http://127.0.0.1:3000/v1\\..\\v2',
    'http://127.0.0.1:3001/v1/items',
    'http://localhost:3000/v1/items',
    'https://127.0.0.1:3000/v1/items',
    'http://127.0.0.1:3000@example.com/v1/items',
    'http://user@127.0.0.1:3000/v1/items',
    'http://:password@127.0.0.1:3000/v1/items',
    'http://169.254.169.254/v1/items',
    'file:///v1/items',
  ])('takes nothing else: %s', (target) => {
    expect(isOfStage(new URL(target), 'http://127.0.0.1:3000/v1')).toBe(false);
  });
});
