import { gzipSync } from 'node:zlib';
import { encode, headOf } from '../proxy/message.ts';
import type { Fault } from './fault.ts';
import { chunk, close, halfOf, headOfChunks, html, later, page, respond, send } from './respond.ts';

/** Responses with status 200 that cannot be read, or do not match DynamoDB's result. */
export const bodyFaults: readonly Fault[] = [
  { name: 'applied, 200 without a body', uncertain: true, applied: async (call) => respond(call, 200, '') },
  {
    name: 'applied, 200 with {}',
    uncertain: true,
    // DynamoDB's own response to a GetItem that finds no item.
    believable: { GetItem: [404] },
    applied: async (call) => respond(call, 200, '{}'),
  },
  { name: 'applied, 200 with null', uncertain: true, applied: async (call) => respond(call, 200, 'null') },
  { name: 'applied, 200 with []', uncertain: true, applied: async (call) => respond(call, 200, '[]') },
  { name: 'applied, 200 with a string', uncertain: true, applied: async (call) => respond(call, 200, '"done"') },
  { name: 'applied, 200 in HTML', uncertain: true, applied: async (call) => respond(call, 200, page, html) },
  {
    name: 'applied, truncated JSON',
    uncertain: true,
    applied: async (call, response) => send(call, { ...response, body: halfOf(response.body) }),
  },
  {
    name: 'applied, Content-Length too small',
    uncertain: true,
    applied: async (call, { status, headers, body }) =>
      send(call, { status, headers: { ...headers, 'Content-Length': String(body.length - 1) }, body }),
  },
  {
    name: 'applied, closed before the last chunk',
    uncertain: true,
    async applied({ socket }, response) {
      socket.write(headOfChunks(response));
      close(socket, chunk(halfOf(response.body)));
    },
  },
  {
    name: 'applied, invalid chunk size',
    uncertain: true,
    async applied({ socket }, response) {
      socket.write(headOfChunks(response));
      socket.write(`zz\r\n${response.body}\r\n0\r\n\r\n`);
    },
  },
  {
    name: 'applied, gzip without Accept-Encoding',
    uncertain: true,
    applied: async (call, { status, headers, body }) =>
      send(call, { status, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) }),
  },
  {
    name: 'applied, wrong x-amz-crc32',
    uncertain: true,
    applied: async (call, { status, headers, body }) =>
      send(call, { status, headers: { ...headers, 'x-amz-crc32': '1' }, body }),
  },
  {
    name: 'applied, garbage before the status line',
    uncertain: true,
    async applied({ socket }, response) {
      socket.write('\0\x16\x03 this is not HTTP\r\n');
      socket.write(encode(response));
    },
  },
  {
    name: 'applied, header of 100 KB',
    uncertain: true,
    applied: async (call, { status, headers, body }) =>
      send(call, { status, headers: { 'X-Long': 'x'.repeat(100_000), ...headers }, body }),
  },
  {
    name: 'applied, two responses at once',
    async applied({ socket }, response) {
      const second = encode({ status: 200, headers: {}, body: Buffer.from('{}') });
      socket.write(Buffer.concat([encode(response), second]));
    },
  },
  {
    name: 'applied, a second response later',
    async applied(call, response) {
      send(call, response);
      // The pause is long enough for a separate packet, and short enough for arrival before the next call.
      await later(call, 2);
      respond(call, 200, '{}');
    },
  },
  {
    name: 'applied, closed after the response',
    applied: async ({ socket }, response) => close(socket, encode(response)),
  },
  {
    name: 'applied, closed after the response with Connection: close',
    applied: async ({ socket }, { status, headers, body }) =>
      close(socket, encode({ status, headers: { ...headers, Connection: 'close' }, body })),
  },
  {
    name: 'applied, HTTP/1.0 without a length',
    async applied({ socket }, response) {
      socket.write(headOf(response, '1.0'));
      close(socket, response.body);
    },
  },
];
