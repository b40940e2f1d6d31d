import { createServer, type Server, type Socket } from 'node:net';
import type { Upstream } from '../../src/twin/dynamodb/upstream.ts';
import { type Attempt, type Call, createCall } from './call.ts';
import { encode, takeMessage } from './message.ts';
import { createSlowCalls, type SlowCalls } from './slow-calls.ts';

/** Changes the behavior of the proxy. Without a hook, the proxy forwards everything. */
export interface Disturbance {
  /** Runs when the disturbance begins. */
  begin?(network: Network): void;
  /** Runs for each new connection. */
  connect?(socket: Socket): void;
  /** Runs when the first bytes of a call arrive. Returns true if the proxy should ignore the call. */
  arrive?(socket: Socket): boolean;
  /** Runs for each call. Returns undefined if the proxy should forward the call. */
  call?(call: Call): Promise<void> | undefined;
}

/** Faults that affect all connections. */
export interface Network {
  /** Ends the connections that have no call in progress, with FIN (`end`) or RST (`reset`). */
  dropIdle(how: 'end' | 'reset'): void;
  /** Rejects new connections until the disturbance ends, or for a number of milliseconds. */
  closePort(ms?: number): void;
}

/** A proxy between functions and DynamoDB that can disturb their connections and calls. */
export interface FaultProxy {
  readonly url: string;
  readonly slowCalls: Pick<SlowCalls, 'since'>;
  /** Begins a disturbance and a record of attempts. */
  disturb(disturbance: Disturbance): void;
  /** Ends the disturbance and all calls in progress. Returns the attempts since it began. */
  rest(): Promise<readonly Attempt[]>;
  /** Ends all connections. */
  dropAll(): void;
  stop(): Promise<void>;
}

export const startProxy = async (upstream: Upstream): Promise<FaultProxy> => {
  let disturbance: Disturbance = {};
  let attempts: Attempt[] | undefined;
  let server: Server;
  let reopening: NodeJS.Timeout | undefined;
  let opening: Promise<number> | undefined;
  /** The connections, each with its call in progress. */
  const connections = new Map<Socket, Promise<void> | undefined>();
  const callsInProgress = new Set<Promise<void>>();
  const slowCalls = createSlowCalls();

  const handle = (socket: Socket, call: Call): void => {
    const end = slowCalls.begin();
    const handled = (disturbance.call?.(call) ?? passOn(call)).catch(() => void socket.destroy());
    connections.set(socket, handled);
    callsInProgress.add(handled);
    void handled.finally(() => {
      end();
      callsInProgress.delete(handled);
      if (connections.has(socket)) connections.set(socket, undefined);
    });
  };

  const accept = (socket: Socket): void => {
    connections.set(socket, undefined);
    socket.setNoDelay(true);
    // Faults break connections on purpose.
    socket.on('error', () => {});
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    void gone.then(() => connections.delete(socket));
    let bytes: Buffer = Buffer.alloc(0);
    disturbance.connect?.(socket);
    socket.on('data', (chunk: Buffer) => {
      if (bytes.length === 0 && disturbance.arrive?.(socket)) return;
      bytes = Buffer.concat([bytes, chunk]);
      const taken = takeMessage(bytes);
      if (taken === undefined) return;
      bytes = taken.rest;
      // In INIT, functions request DynamoDB's health, to open the connection.
      if (taken.message.method === 'GET') {
        socket.write(encode({ status: 200, headers: {}, body: Buffer.from('healthy') }));
        return;
      }
      const { call, attempt } = createCall(taken.message, { socket, gone }, upstream);
      attempts?.push(attempt);
      handle(socket, call);
    });
  };

  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server = createServer(accept)
        .once('error', reject)
        .listen(port, '127.0.0.1', () => resolve(port));
    });
  const port = await listenOnFreePort(listen);
  const open = async (): Promise<void> => {
    clearTimeout(reopening);
    if (!server.listening) opening ??= listen(port);
    await opening;
    opening = undefined;
  };

  const network: Network = {
    dropIdle(how) {
      for (const [socket, call] of connections) {
        if (call !== undefined) continue;
        if (how === 'end') socket.destroy();
        else socket.resetAndDestroy();
      }
    },
    closePort(ms) {
      server.close();
      network.dropIdle('end');
      if (ms !== undefined) reopening = setTimeout(() => void open(), ms);
    },
  };
  const dropAll = (): void => {
    for (const socket of connections.keys()) socket.destroy();
  };

  return {
    url: `http://127.0.0.1:${port}`,
    slowCalls,
    disturb(next) {
      attempts = [];
      disturbance = next;
      next.begin?.(network);
    },
    async rest() {
      disturbance = {};
      for (const [socket, call] of connections) if (call !== undefined) socket.destroy();
      await Promise.all(callsInProgress);
      await open();
      const made = attempts ?? [];
      attempts = undefined;
      return made;
    },
    dropAll,
    async stop() {
      clearTimeout(reopening);
      dropAll();
      await Promise.all(callsInProgress);
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Forwards a call to DynamoDB, and the response to the function. */
export const passOn = async (call: Call): Promise<void> => {
  const response = await call.forward();
  call.socket.write(encode(response));
};

/**
 * Listens on a free port below the range that Linux uses for outgoing connections (from 32,768): no other program must get the
 * port while it is closed.
 */
const listenOnFreePort = async (listen: (port: number) => Promise<number>): Promise<number> => {
  for (let left = 100; ; left--) {
    try {
      return await listen(20_000 + Math.floor(Math.random() * 12_000));
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
};
