import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it.skipIf(process.platform === 'win32')(
  'leaves no execution environment when the twin is killed, not even a busy one',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const script = fileURLToPath(new URL('killed-twin.ts', import.meta.url));
    const twin = spawn(process.execPath, [script, String(port)], { stdio: 'ignore' });
    const [socket] = (await once(server, 'connection')) as [Socket];
    const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', () => resolve('closed')));
    socket.resume();
    // The function reads this and enters its endless loop.
    await new Promise((resolve) => socket.write('go', resolve));
    twin.kill('SIGKILL');
    expect(await closed).toBe('closed');
    server.close();
  },
);
