import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it.skipIf(process.platform === 'win32')(
  'leaves no execution environment when the twin is killed, neither a busy one nor a frozen one',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const script = fileURLToPath(new URL('killed-twin.ts', import.meta.url));
    const sockets: Socket[] = [];
    const closed: Promise<unknown>[] = [];
    const all = Promise.withResolvers<void>();
    server.on('connection', (socket) => {
      sockets.push(socket.on('error', () => {}).resume());
      closed.push(new Promise((resolve) => socket.once('close', () => resolve('closed'))));
      if (sockets.length === 3) all.resolve();
    });
    const twin = spawn(process.execPath, [script, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = once(twin, 'exit').then((exit) => Promise.reject(new Error(`The twin ended by itself: ${exit}`)));
    await Promise.race([all.promise, ended]);
    ended.catch(() => {});
    // The busy function reads this and enters its endless loop.
    await new Promise((resolve) => sockets[2]?.write('go', resolve));
    twin.kill('SIGKILL');
    expect(await Promise.all(closed)).toEqual(['closed', 'closed', 'closed']);
    server.close();
  },
);
