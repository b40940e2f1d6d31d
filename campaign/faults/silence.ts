import { encode } from '../proxy/message.ts';
import type { Fault } from './fault.ts';
import { chunk, halfOf, headOfChunks, headWithLength, later, send, trickle } from './respond.ts';

/** Responses that never arrive or arrive too late: a function waits 3 s for DynamoDB. */
export const silenceFaults: readonly Fault[] = [
  { name: 'not applied, no response', uncertain: true, slow: true, notApplied: ({ gone }) => gone },
  { name: 'applied, no response', uncertain: true, slow: true, applied: ({ gone }) => gone },
  {
    name: 'applied after the function has given up',
    uncertain: true,
    slow: true,
    async notApplied({ gone, forward }) {
      await gone;
      await forward();
    },
  },
  {
    name: 'applied, silence after the headers',
    uncertain: true,
    slow: true,
    applied({ socket, gone }, response) {
      socket.write(headWithLength(response));
      return gone;
    },
  },
  {
    name: 'applied, silence within the body',
    uncertain: true,
    slow: true,
    applied({ socket, gone }, response) {
      socket.write(headWithLength(response));
      socket.write(halfOf(response.body));
      return gone;
    },
  },
  {
    name: 'applied, Content-Length too large',
    uncertain: true,
    slow: true,
    applied(call, { status, headers, body }) {
      send(call, { status, headers: { ...headers, 'Content-Length': String(body.length + 10) }, body });
      return call.gone;
    },
  },
  {
    name: 'applied, no last chunk',
    uncertain: true,
    slow: true,
    applied({ socket, gone }, response) {
      socket.write(headOfChunks(response));
      socket.write(chunk(response.body));
      return gone;
    },
  },
  {
    name: 'applied, one byte every half second',
    uncertain: true,
    slow: true,
    applied: (call, response) => trickle(call, encode(response), 1, 500),
  },
  {
    name: 'applied, one byte of the body every half second',
    uncertain: true,
    slow: true,
    applied(call, response) {
      call.socket.write(headWithLength(response));
      return trickle(call, response.body, 1, 500);
    },
  },
  {
    name: 'applied, one header every second',
    uncertain: true,
    slow: true,
    async applied(call, { status, headers, body }) {
      const more = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`X-Header-${index}`, 'x'.repeat(20)]));
      await trickle(call, encode({ status, headers: { ...more, ...headers }, body }), 32, 1000);
    },
  },
  {
    name: 'applied, response after 1 s',
    slow: true,
    async applied(call, response) {
      await later(call, 1000);
      send(call, response);
    },
  },
  {
    name: 'applied, response after 5 s',
    uncertain: true,
    slow: true,
    async applied(call, response) {
      await later(call, 5000);
      send(call, response);
    },
  },
];
