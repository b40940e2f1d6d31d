import { gzipSync } from 'node:zlib';
import { summary } from '../exchange.ts';
import type { Fact } from './fact.ts';
import { byRequest, json } from './request.ts';

const post = { method: 'POST', path: '/items' } as const;
const large = (megabytes: number): string => JSON.stringify({ value: 'a'.repeat(megabytes * 1024 * 1024) });

/** Facts about how API Gateway processes bodies and repeated headers. */
export const bodyFacts: readonly Fact[] = [
  byRequest({
    name: 'body that is not JSON',
    statement: 'A body that is not JSON does not pass its model: BAD_REQUEST_BODY.',
    source: 'src/twin/gateway/validate.ts',
    request: '`POST /items` with `{`',
    sent: { ...post, headers: json, body: '{' },
    expected: '400, invalid-body, BadRequestException',
  }),
  byRequest({
    name: 'empty body',
    statement: 'An empty body is validated as `{}`; the function gets it and rejects it.',
    source: 'src/twin/gateway/validate.ts',
    request: '`POST /items` without a body',
    sent: { ...post, headers: json, body: '' },
    expected: '400, invalid-json',
  }),
  byRequest({
    name: 'media type without a model',
    statement: 'A body whose media type has no model is not validated; the function rejects it.',
    source: 'src/twin/gateway/validate.ts',
    request: '`POST /items` with `{` as text/plain',
    sent: { ...post, headers: { 'content-type': 'text/plain' }, body: '{' },
    expected: '415, unsupported-media-type',
  }),
  byRequest({
    name: 'compressed body',
    statement: 'API Gateway decodes gzip before it validates a body.',
    source: 'src/contract/problems.ts',
    request: '`POST /items` with `{"n":1}` in gzip',
    sent: { ...post, headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync('{"n":1}') },
    expected: '201',
  }),
  byRequest({
    name: 'unknown content coding',
    statement: 'A content coding that API Gateway does not know gets UNSUPPORTED_MEDIA_TYPE.',
    source: 'src/contract/problems.ts',
    request: '`POST /items` with `Content-Encoding: br`',
    sent: { ...post, headers: { ...json, 'content-encoding': 'br' }, body: '{"n":1}' },
    // The error type is unknown, so it is not compared.
    part: (received) => summary({ ...received, headers: {} }),
    expected: '415, unsupported-content-type',
  }),
  byRequest({
    name: 'bytes that are not UTF-8',
    statement: 'What is not UTF-8 in a body gets to the function as U+FFFD.',
    source: 'src/twin/gateway/request-to-event.ts',
    request: '`POST /items` with the byte FF in a text',
    sent: { ...post, headers: json, body: Buffer.from('7b2261223a22ff227d', 'hex') },
    part: ({ status, text }) => `${status}, ${text.includes('\ufffd') ? 'with U+FFFD' : 'without U+FFFD'}`,
    expected: '201, with U+FFFD',
  }),
  byRequest({
    name: 'body over 6 MB',
    statement: 'A body that is too large for Lambda gets REQUEST_TOO_LARGE.',
    source: 'src/contract/problems.ts',
    request: '`POST /items` with 7 MB',
    sent: { ...post, headers: json, body: large(7) },
    expected: '413, request-too-large, BadRequestException',
  }),
  byRequest({
    name: 'body over 10 MB',
    statement: 'A body over 10 MB gets plain text, without a gateway response.',
    source: 'README.md',
    request: '`POST /items` with 11 MB',
    sent: { ...post, headers: json, body: large(11) },
    expected: '413, text; charset=utf-8: HTTP content length exceeded 10485760 bytes.',
  }),
  {
    name: 'repeated header',
    statement: 'A function gets each value of a header that is sent twice.',
    source: 'src/twin/gateway/request-to-event.ts',
    how: '`GET /items/{id}` with the entity tag in the first of two `If-None-Match`',
    expected: '304',
    async observe({ send }) {
      const { text, headers } = await send({ ...post, headers: json, body: '{}' });
      const { id } = JSON.parse(text) as { id: string };
      const tags = [String(headers.etag), '"AAAAAAAAAAAAAAAAAAAAAA"'];
      const { status } = await send({ path: `/items/${id}`, headers: { 'if-none-match': tags } });
      return String(status);
    },
  },
];
