import { connect } from 'node:net';
import { encodeMessage, readMessages } from '../processes/messages.ts';
import type { Exchange, Reply } from './exchange.ts';
import type { Question } from './serve-messages.ts';

/** Connects to the built-in database over its socket. One connection carries all requests; each has a number. */
export const openDatabaseChannel = (socketPath: string): Exchange & { readonly isOpen: boolean } => {
  const waiting = new Map<number, PromiseWithResolvers<Reply>>();
  let last = 0;
  let isOpen = true;
  const socket = connect(socketPath);
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  socket.once('close', () => {
    isOpen = false;
    // No request is repeated: after a broken connection it is unknown which requests the database has applied.
    for (const { reject } of waiting.values()) reject(failure ?? new Error('the connection to DynamoDB is closed'));
    waiting.clear();
  });
  readMessages<Head>(socket, Number.POSITIVE_INFINITY, ({ id, status, headers }, body = empty) => {
    waiting.get(id)?.resolve({ status, headers, body });
    waiting.delete(id);
    // An idle connection does not keep the process alive.
    if (waiting.size === 0) socket.unref();
  });
  return {
    get isOpen() {
      return isOpen;
    },
    post({ target, contentType, body }) {
      last += 1;
      const reply = Promise.withResolvers<Reply>();
      waiting.set(last, reply);
      socket.ref();
      const question: Question = { id: last, target, contentType };
      socket.write(encodeMessage(question, body));
      return reply.promise;
    },
    close: () => void socket.destroy(),
  };
};

interface Head extends Omit<Reply, 'body'> {
  readonly id: number;
}

const empty = Buffer.alloc(0);
