import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';

import { endAfterEach, isAlive, items, local, shell, template } from './running.ts';

endAfterEach();

describe.skipIf(noSignals)('items local (needs signals and /bin/sh)', () => {
  it('prints outputs, a curl line that works, and a line a request; Ctrl-C twice leaves nothing', async () => {
    const { child, line, end } = local();
    const invokeUrl = (await line(/^ApiInvokeUrl {2}http/)).split('  ')[1];
    expect(await line(/^Zone/)).toBe('Zone          us-east-1a');
    const response = await shell(await line(/^curl /));
    expect(response).toMatch(/^HTTP\/1.1 200 OK/);
    const { pid } = JSON.parse(response.split('\r\n\r\n')[1] ?? '') as { pid: number };
    expect(await line(/POST/)).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} 200 POST \/dev\/items \d+ ms items-local-Function-\w+ [0-9a-f-]{36}$/,
    );
    // A terminal signals the whole group, and npm passes the signal on once more.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    child.kill('SIGINT');
    const { stdout, ...ended } = await end();
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^\/greeter .*WARN.*greeting/) });
    // The page is about this API, and this template is one of another.
    expect(stdout).not.toMatch(/^Docs/m);
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(`${invokeUrl}/items`)).rejects.toThrow();
  });

  it('stops when it is told to while it starts', async () => {
    // A database that accepts and never answers.
    const server = createTcpServer().listen(0, '127.0.0.1');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { child, end } = items('local', '--template', template, '--port', '0', '--dynamodb-endpoint', endpoint);
    const [socket] = await connected;
    child.kill('SIGTERM');
    expect(await end()).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    socket.destroy();
    server.close();
  });
});
