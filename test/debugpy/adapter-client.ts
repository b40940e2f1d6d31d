import { once } from 'node:events';
import { connect } from 'node:net';

/** A debugger that speaks the Debug Adapter Protocol. */
export interface AdapterClient {
  /** Sends a request and waits for the body of its response. */
  ask<Body>(command: string, parameters?: object): Promise<Body>;
  /** Waits for an event, past or to come, that nobody has taken yet, and returns its body. */
  event<Body>(name: string): Promise<Body>;
  /** Hangs up without a word. */
  close(): void;
}

interface Message {
  readonly type: 'response' | 'event';
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

export const connectTo = async (port: number): Promise<AdapterClient> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const events: Message[] = [];
  const waiting = new Set<() => void>();
  const take = (message: Message): void => {
    if (message.type === 'event') {
      events.push(message);
      for (const wake of waiting) wake();
    } else {
      const answer = asked.get(message.request_seq ?? 0);
      if (message.success) answer?.resolve(message.body);
      else answer?.reject(new Error(message.message));
    }
  };
  socket.once('close', () => {
    for (const { reject } of asked.values()) reject(new Error('the connection has ended'));
  });
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf('\r\n\r\n');
      const length = Number(/^Content-Length: (\d+)/.exec(pending.toString('latin1', 0, Math.max(end, 0)))?.[1]);
      if (end < 0 || pending.length < end + 4 + length) return;
      const text = pending.toString('utf8', end + 4, end + 4 + length);
      pending = pending.subarray(end + 4 + length);
      take(JSON.parse(text));
    }
  });
  let last = 0;
  return {
    ask<Body>(command: string, parameters: object = {}): Promise<Body> {
      if (socket.destroyed) throw new Error('the connection has ended');
      const answer = Promise.withResolvers<unknown>();
      asked.set(++last, answer);
      const text = JSON.stringify({ seq: last, type: 'request', command, arguments: parameters });
      socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      return answer.promise as Promise<Body>;
    },
    event: <Body>(name: string): Promise<Body> =>
      new Promise((resolve) => {
        const look = (): void => {
          const index = events.findIndex(({ event }) => event === name);
          const [found] = index < 0 ? [] : events.splice(index, 1);
          if (!found) return;
          waiting.delete(look);
          resolve(found.body as Body);
        };
        waiting.add(look);
        look();
      }),
    close: () => void socket.destroy(),
  };
};

/** Attaches with breakpoints in lines of a file, from 1. */
export const attach = async (port: number, path: string, lines: readonly number[]): Promise<AdapterClient> => {
  const client = await connectTo(port);
  await client.ask('initialize', { adapterID: 'test', pathFormat: 'path', linesStartAt1: true, columnsStartAt1: true });
  // Its response comes after the one to `configurationDone`.
  const attached = client.ask('attach', { justMyCode: true });
  await client.event('initialized');
  await client.ask('setBreakpoints', { source: { path }, breakpoints: lines.map((line) => ({ line })) });
  await client.ask('configurationDone');
  await attached;
  return client;
};

/** A frame of the stack of a thread. */
export interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly source: { readonly path: string };
}

/** Waits until the function stands still; returns its thread and where that is. */
export const stopped = async ({ ask, event }: AdapterClient): Promise<{ threadId: number; frame: Frame | undefined }> => {
  const { threadId } = await event<{ threadId: number }>('stopped');
  const { stackFrames } = await ask<{ stackFrames: Frame[] }>('stackTrace', { threadId });
  return { threadId, frame: stackFrames[0] };
};
