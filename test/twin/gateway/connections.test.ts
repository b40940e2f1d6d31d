import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { output, testStacks } from './stack.ts';

const testStack = testStacks();

describe('the server of an API', () => {
  it('ends kept-alive connections when it stops', async () => {
    const { serve, gateway } = testStack();
    const { port } = new URL(await serve());
    const socket = connect(Number(port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const answered = new Promise((resolve) => socket.once('data', resolve));
    socket.write('GET /v1/things HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await answered;
    await gateway.stop();
    await closed;
    await expect(fetch(`http://127.0.0.1:${port}/v1/things`)).rejects.toThrow();
  });

  it('ends with its last stage, after the request that is under way', async () => {
    const entered = Promise.withResolvers<void>();
    const result = Promise.withResolvers<ReturnType<typeof output>>();
    const { serve, gateway } = testStack(() => {
      entered.resolve();
      return result.promise;
    });
    let apiId = '';
    const base = await serve({}, async (id) => {
      apiId = id;
    });
    const answer = fetch(`${base}/v1/things`);
    await entered.promise;
    const deleted = gateway.deleteStage(apiId, 'v1');
    expect(gateway.baseUrl(apiId)).toBeUndefined();
    await expect(fetch(`${base}/v1/things`)).rejects.toThrow();
    result.resolve(output({ statusCode: 200 }));
    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await deleted;
  });

  it('does not wait for a connection that never asked', async () => {
    const { serve, gateway } = testStack();
    const { port } = new URL(await serve());
    const silent = connect(Number(port), '127.0.0.1');
    await once(silent, 'connect');
    // An answer on another connection: the server has accepted the silent one by then.
    await (await fetch(`http://127.0.0.1:${port}/v1/things`)).text();
    // The bound on requests never passes here.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await Promise.all([gateway.stop(), once(silent, 'close')]).finally(() => vi.useRealTimers());
  });

  it('does not wait for ever for a request', async () => {
    const entered = Promise.withResolvers<void>();
    const { serve, gateway } = testStack(() => {
      entered.resolve();
      return new Promise(() => {});
    });
    const answer = fetch(`${await serve()}/v1/things`);
    await entered.promise;
    await Promise.all([gateway.stop(), expect(answer).rejects.toThrow()]);
  });

  it('handles the requests of one connection one after the other, those of several side by side', async () => {
    const log: string[] = [];
    const slow = Promise.withResolvers<void>();
    const { serve } = testStack(async ({ path }) => {
      log.push(`start ${path}`);
      if (path === '/things/slow') await slow.promise;
      log.push(`end ${path}`);
      return output({ statusCode: 200, body: String(path) });
    });
    const base = await serve();
    const socket = connect(Number(new URL(base).port), '127.0.0.1').setEncoding('utf8');
    const both = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (text.endsWith('/things/next')) resolve(text);
      });
    });
    socket.write(['slow', 'next'].map((id) => `GET /v1/things/${id} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(''));
    expect((await fetch(`${base}/v1/things/other`)).status).toBe(200);
    expect((await fetch(`${base}/v1/things/other`)).status).toBe(200);
    slow.resolve();
    expect(await both).toMatch(/things\/slow.*things\/next$/s);
    socket.destroy();
    expect(log.filter((line) => !line.endsWith('other'))).toEqual([
      'start /things/slow',
      'end /things/slow',
      'start /things/next',
      'end /things/next',
    ]);
  });

  it('names a taken port and what to do', async () => {
    const base = await testStack().serve();
    const port = Number(new URL(base).port);
    await expect(testStack(undefined, { port }).serve()).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`^Port ${port} is taken by another program: choose another with --port`)),
    });
  });

  it('listens for the first API on the given port, and for others on free ones', async () => {
    const first = testStack();
    const base = await first.serve();
    await first.gateway.stop();
    const { serve } = testStack(undefined, { port: Number(new URL(base).port) });
    expect(await serve()).toBe(base);
    const other = await serve();
    expect(other).not.toBe(base);
    expect((await fetch(`${other}/v1/things`)).status).toBe(200);
  });
});
