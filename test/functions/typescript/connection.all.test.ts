import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { startEndpoint } from './endpoint.ts';

const endpoint = await startEndpoint();
// INIT waits for a connection for a second, which is not over here before there is one.
vi.useFakeTimers({ toFake: ['setTimeout'] });
const { exchange, ready } = await import('../../../src/functions/typescript/connection.ts');
await ready;
vi.useRealTimers();
afterAll(endpoint.stop);
afterEach(() => void vi.useRealTimers());

const ok = { status: 200, body: {} };
const ask = (write: boolean) => exchange({ action: 'GetItem', body: '{}', timeout: 60_000, write });

describe('INIT', () => {
  it('opens the connection that the first call takes', async () => {
    expect(endpoint.connections()).toBe(1);
    endpoint.will(ok);
    await ask(true);
    expect(endpoint.connections()).toBe(1);
  });

  it.each([
    ['nobody listens', async () => ({ url: 'http://127.0.0.1:9', stop() {} })],
    ['nobody answers', async () => listener(() => {})],
    ['the connection breaks', async () => listener((socket) => socket.destroy())],
    [
      'the response breaks off',
      async () => listener((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nheal')),
    ],
    [
      'the response never ends',
      async () => listener((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nheal')),
    ],
    ['something else responds', async () => listener((socket) => socket.end('220 mail.example\r\n'))],
  ])('ends where %s', async (_where, open) => {
    const { url, stop } = await open();
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
    vi.resetModules();
    const connection = await import('../../../src/functions/typescript/connection.ts');
    await expect(connection.ready).resolves.toBeUndefined();
    vi.unstubAllEnvs();
    stop();
  });
});

describe('a connection', () => {
  it('is kept for all requests, a write each second among them', async () => {
    endpoint.will(ok);
    await ask(true);
    const connections = endpoint.connections();
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    for (let request = 0; request < 20; request++) {
      vi.advanceTimersByTime(1000);
      await ask(true);
    }
    expect(endpoint.connections()).toBe(connections);
    expect(warnings).toEqual([]);
  });

  it.each(['Date', 'performance'] as const)(
    'that was idle for more than three seconds by %s is not used for a write',
    async (clock) => {
      endpoint.will(ok);
      await ask(true);
      const connections = endpoint.connections();
      vi.useFakeTimers({ toFake: [clock] });
      vi.advanceTimersByTime(3001);
      await ask(false);
      expect(endpoint.connections()).toBe(connections);
      vi.advanceTimersByTime(3001);
      await ask(true);
      expect(endpoint.connections()).toBe(connections + 1);
    },
  );

  it('is not used again after a second response to one request', async () => {
    const { url, stop } = await listener((socket) => {
      const response = (text: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
      let request = 0;
      socket.on('data', () => socket.write(response(`{"n":${++request}}`) + response('{"n":"stray"}')));
    });
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
    vi.resetModules();
    const connection = await import('../../../src/functions/typescript/connection.ts');
    await connection.ready;
    for (let request = 0; request < 3; request++) {
      const { text } = await connection.exchange({ action: 'GetItem', body: '{}', timeout: 60_000, write: false });
      expect(text).not.toContain('stray');
    }
    stop();
  });
});

describe('a response', () => {
  it('has so many milliseconds in all', async () => {
    endpoint.will('hang');
    const late = exchange({ action: 'GetItem', body: '{}', timeout: 50, write: false });
    await expect(late).rejects.toThrow('no response within 50 ms');
  });

  it('that has more bytes than DynamoDB sends is not read to its end', async () => {
    let closed = 0;
    const { url, stop } = await listener((socket) => {
      socket.on('close', () => closed++);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const more = () => {
          while (socket.writable && socket.write('x'.repeat(65_536)));
        };
        socket.on('drain', more);
        more();
      });
    });
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
    vi.resetModules();
    const connection = await import('../../../src/functions/typescript/connection.ts');
    await connection.ready;
    const endless = connection.exchange({ action: 'GetItem', body: '{}', timeout: 60_000, write: false });
    await expect(endless).rejects.toThrow('too large');
    expect(closed).toBeGreaterThan(0);
    stop();
  });
});

/** A server that does this with every connection. */
const listener = async (onConnection: (socket: Socket) => void) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
