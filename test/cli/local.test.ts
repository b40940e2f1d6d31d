import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';

import { endAfterEach, isAlive, items, local, shell, template, urlOf } from './running.ts';

endAfterEach();

describe.skipIf(noSignals)('items local (needs signals and /bin/sh)', () => {
  it('prints what one needs, a curl line that works, and a line a request; Ctrl-C twice leaves nothing', async () => {
    const { child, line, end } = local();
    const invokeUrl = await urlOf({ line });
    expect(await line(/^ {2}\/items/)).toBe('  /items  ANY');
    const response = await shell(await line(/^curl /));
    expect(response).toMatch(/^HTTP\/1.1 200 OK/);
    const { pid } = JSON.parse(response.split('\r\n\r\n')[1] ?? '') as { pid: number };
    expect(await line(/ GET /)).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} 200 GET \/dev\/items \d+ ms \(gateway \d+, function \d+ with a cold start of \d+\) items-local-Function-\w+$/,
    );
    // A terminal signals the whole group, and npm passes the signal on once more. It is stopped meanwhile, so that both arrive before
    // it can end; two of one kind would arrive as one.
    child.kill('SIGSTOP');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    child.kill('SIGTERM');
    child.kill('SIGCONT');
    const { stdout, ...ended } = await end();
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^items-local-Function-\w+: WARN greeting$/m) });
    // The page is about this API, and this template is one of another.
    expect(stdout).not.toMatch(/^ {2}Docs/m);
    expect(stdout).toMatch(/^ {2}Console +http:\/\/127\.0\.0\.1:\d+\/console\/$/m);
    expect(stdout).not.toMatch(/^Zone/m);
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
