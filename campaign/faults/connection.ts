import type { Socket } from 'node:net';
import type { Call } from '../proxy/call.ts';
import { type DynamoDbResponse, encode } from '../proxy/message.ts';
import type { Fault } from './fault.ts';
import { close, halfOf, headWithLength } from './respond.ts';

/** Resolves when the bytes have been sent: a reset discards unsent bytes. */
const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => socket.write(bytes, () => resolve()));

const ends = {
  reset: (socket: Socket): void => void socket.resetAndDestroy(),
  closed: close,
};

/** The part of a response that is sent before the connection ends. */
const beginnings: Readonly<Record<string, (response: DynamoDbResponse) => Buffer>> = {
  'within the status line': () => Buffer.from('HTTP/1.1 20'),
  'within the headers': (response) => halfOf(headWithLength(response)),
  'after the headers': headWithLength,
  'within the body'(response) {
    const bytes = encode(response);
    return bytes.subarray(0, bytes.length - Math.ceil(response.body.length / 2));
  },
};

const brokenOff = Object.entries(ends).flatMap(([how, end]) =>
  Object.entries(beginnings).map(
    ([where, beginningOf]): Fault => ({
      name: `applied, ${how} ${where}`,
      uncertain: true,
      async applied({ socket }: Call, response) {
        await written(socket, beginningOf(response));
        end(socket);
      },
    }),
  ),
);

/** Connections that cannot be opened or that end too early. */
export const connectionFaults: readonly Fault[] = [
  {
    name: 'connection rejected',
    // Attempts to connect to a closed port cannot be counted. With `once`, the port is closed for about the time that a service
    // takes to restart.
    begin: (network, mode) => network.closePort(mode === 'once' ? 200 : undefined),
  },
  { name: 'new connection reset', begin: (network) => network.dropIdle('end'), connect: ends.reset },
  { name: 'new connection closed', begin: (network) => network.dropIdle('end'), connect: ends.closed },
  { name: 'idle connection closed before the request', begin: (network) => network.dropIdle('end') },
  { name: 'idle connection reset before the request', begin: (network) => network.dropIdle('reset') },
  {
    name: 'reset while the request is being sent',
    bodyBytes: 300_000,
    arrive(socket) {
      ends.reset(socket);
      return true;
    },
  },
  { name: 'not applied, reset without a byte', uncertain: true, notApplied: async ({ socket }) => ends.reset(socket) },
  { name: 'not applied, closed without a byte', uncertain: true, notApplied: async ({ socket }) => ends.closed(socket) },
  { name: 'applied, reset without a byte', uncertain: true, applied: async ({ socket }) => ends.reset(socket) },
  { name: 'applied, closed without a byte', uncertain: true, applied: async ({ socket }) => ends.closed(socket) },
  ...brokenOff,
];
