import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentCodings, decoded } from '../../../src/twin/gateway/content-coding.ts';
import type { HttpRequest } from '../../../src/twin/gateway/http.ts';

const request = (coding: string | undefined, body: Buffer): HttpRequest => ({
  method: 'POST',
  path: '/v1/items',
  query: '',
  headers: coding === undefined ? [] : [['content-encoding', coding]],
  body,
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
  receivedAt: new Date(0),
});

/** The text of the decoded body, or the type of the gateway response. */
const outcome = async (coding: string | undefined, body: Buffer): Promise<string> => {
  const one = request(coding, body);
  const result = await decoded(one, contentCodings(one));
  return 'responseType' in result ? result.responseType : String(result.body);
};
const json = Buffer.from('{"n":1}');

describe('a body', () => {
  it.each<[string, string | undefined, Buffer]>([
    ['without a coding', undefined, json],
    ['of identity', 'identity', json],
    ['in gzip', 'gzip', gzipSync(json)],
    ['in gzip, whatever its case', 'GZIP', gzipSync(json)],
    ['in deflate', 'deflate', deflateSync(json)],
    ['in two codings, the last one first', 'deflate, gzip', gzipSync(deflateSync(json))],
  ])('%s is decoded', async (_name, coding, body) => {
    expect(await outcome(coding, body)).toBe('{"n":1}');
  });

  it.each<[string, string, Buffer]>([
    ['in a coding that is not known', 'br', brotliCompressSync(json)],
    ['that is not what its coding says', 'gzip', json],
    ['that is cut off', 'gzip', gzipSync(Buffer.alloc(1000, 'a')).subarray(0, 20)],
    ['in another coding than it says', 'deflate', gzipSync(json)],
  ])('%s is 415', async (_name, coding, body) => {
    expect(await outcome(coding, body)).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('is 413 if it is larger than a body may be once it is decoded', async () => {
    expect(await outcome('gzip', gzipSync(Buffer.alloc(10_485_760, 'a')))).toHaveLength(10_485_760);
    expect(await outcome('gzip', gzipSync(Buffer.alloc(10_485_761, 'a')))).toBe('REQUEST_TOO_LARGE');
  });

  it('that is empty has no coding', () => {
    expect(contentCodings(request('gzip', Buffer.alloc(0)))).toEqual([]);
  });
});
