import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';

import { api, between, itemsOf, only, stopAfterEach, verify } from './verifying.ts';

stopAfterEach();

describe('items verify', () => {
  it('names what it could not remove, and what may be there unknown', async () => {
    const { url } = await api();
    const careless = await between(url, async (request, forward) => {
      if (request.method === 'DELETE') return new Response('{}', { status: 500 });
      const answer = await forward(request);
      return request.method === 'POST' && !request.headers['idempotency-key'] ? null : answer;
    });
    const { code, stdout } = await verify([careless, ...only('POST /items')]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  Nothing is left behind\n');
    const { items } = (await itemsOf(url)) as { items: { id: string }[] };
    expect(items.length).toBeGreaterThan(2);
    const [, left = ''] = stdout.split('Left behind, remove it yourself:\n');
    const chosen = items.filter(({ id }) => left.includes(`  /items/${id}: DELETE returned 500 {}\n`));
    expect(chosen.length).toBeGreaterThan(1);
    expect(left).toMatch(
      / {2}perhaps an item of an unknown id: POST http.*\/items \{"name":"Lamp","tags":\["a","b"\]\} had no response/,
    );
  });

  it.skipIf(noSignals).each(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s (needs signals)', async (signal) => {
    let child: ChildProcess | undefined;
    let made = 0;
    const { url } = await api(
      {},
      {
        onRequest: ({ status }) => {
          if (status !== 201) return;
          made += 1;
          if (made === 1) child?.kill(signal);
        },
      },
    );
    const { code, stdout, stderr } = await verify([url], {}, (started) => {
      child = started;
    });
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'interrupted: removing what was created; Ctrl-C again leaves it there\n',
    });
    expect(made).toBeGreaterThan(0);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ not run; [1-9]\d* items removed; \S+ s\n$/);
    expect(await itemsOf(url)).toEqual({ items: [] });
  });

  it.skipIf(noSignals)('names what it leaves there if nobody waits for the removal (needs signals)', async () => {
    let child: ChildProcess | undefined;
    let pressing: NodeJS.Timeout | undefined;
    const { url } = await api();
    const undeletable = await between(url, async (request, forward) => {
      if (request.method === 'DELETE') return new Promise(() => {});
      // It asks for an item that it knows it has created. Ctrl-C until it ends: within a second, all count as one.
      if (request.path.startsWith('/items/')) pressing ??= setInterval(() => child?.kill('SIGINT'), 100);
      return forward(request);
    });
    const one = ['--concurrency', '1', ...only('GET /items/{id}')];
    const { code, stdout, stderr } = await verify([undeletable, ...one], {}, (started) => {
      child = started;
    }).finally(() => clearInterval(pressing));
    const { items } = (await itemsOf(url)) as { items: { id: string }[] };
    expect(items).toHaveLength(1);
    const [, ...left] = stderr.trimEnd().split('\n');
    expect(left.shift()).toBe('left there, remove it yourself:');
    expect(left.sort()).toEqual(items.map(({ id }) => `  /items/${id}`).sort());
    // The next SIGINT can meet a process that is about to exit, which has no handler any more: then the signal ends it.
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });

  it.skipIf(noSignals)('gives up at once when it is told to while nothing answers (needs signals)', async () => {
    let child: ChildProcess | undefined;
    const silent = await between('http://127.0.0.1:1', async () => {
      child?.kill('SIGINT');
      return new Promise(() => {});
    });
    const { code, stdout, stderr } = await verify([silent], {}, (started) => {
      child = started;
    });
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '' });
  });
});
