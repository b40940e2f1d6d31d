import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Protocol } from './protocol.ts';

/** A port for debuggers that stays the same when the process of the function changes. */
export interface Relay {
  readonly port: number;
  /** Connects waiting and future debuggers to the debugger port of a process. Returns an object that ends these connections. */
  connectTo(port: number, protocol: Protocol): Connected;
  /** Makes new debuggers wait for the next process, because the current one is about to end. */
  awaitNext(): void;
  stop(): Promise<void>;
}

/** Connections of debuggers to one process. */
export interface Connected {
  /** Ends all connections and marks the process as ended. */
  end(): void;
}

/** Receives the combined state of all connections. */
export interface RelayListener {
  /** At least one debugger has paused the process, or none has any more. */
  held(isHeld: boolean): void;
  /** Reports the number of attached debuggers. */
  attached(count: number): void;
}

interface Process {
  readonly port: number;
  readonly protocol: Protocol;
  readonly clients: Set<Socket>;
}

/** Listens on a port of the loopback interface, 0 for a free one. Rejects if it is taken. */
export const startRelay = async (port: number, listener: RelayListener): Promise<Relay> => {
  const clients = new Set<Socket>();
  const waiting = new Set<Socket>();
  const holding = new Set<Socket>();
  const attached = new Set<Socket>();
  let current: Process | undefined;

  const setHeld = (client: Socket, isHeld: boolean): void => {
    if (isHeld) holding.add(client);
    else holding.delete(client);
    listener.held(holding.size > 0);
  };
  const setAttached = (client: Socket, isAttached: boolean): void => {
    if (isAttached) attached.add(client);
    else attached.delete(client);
    listener.attached(attached.size);
  };
  const join = (client: Socket, to: Process): void => {
    to.clients.add(client);
    const upstream = connect(to.port, '127.0.0.1');
    const reader = to.protocol({
      attached: () => setAttached(client, true),
      // Data of the process can arrive after the debugger has disconnected.
      held: (isHeld) => client.destroyed || setHeld(client, isHeld),
    });
    upstream.on('data', (chunk) => {
      if (!reader.fromProcess(chunk)) {
        client.destroy();
        return;
      }
      if (client.destroyed || client.write(chunk)) return;
      upstream.pause();
      client.once('drain', () => upstream.resume());
    });
    client.on('data', (chunk) => {
      if (reader.fromDebugger(chunk)) upstream.write(chunk);
      else client.destroy();
    });
    upstream.on('error', () => {}).once('close', () => client.destroy());
    client.once('close', () => {
      to.clients.delete(client);
      upstream.end(reader.farewell() ?? '');
      upstream.resume();
    });
  };

  const server = createServer((client) => {
    clients.add(client);
    client
      .on('error', () => {})
      .once('close', () => {
        clients.delete(client);
        waiting.delete(client);
        setAttached(client, false);
        setHeld(client, false);
      });
    if (current) join(client, current);
    else waiting.add(client);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    connectTo(processPort, protocol) {
      const own: Process = { port: processPort, protocol, clients: new Set() };
      current = own;
      for (const client of waiting) join(client, own);
      waiting.clear();
      return {
        end() {
          if (current === own) current = undefined;
          for (const client of own.clients) client.destroy();
        },
      };
    },
    awaitNext() {
      current = undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
};
