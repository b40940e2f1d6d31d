import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { Environment } from '../../../src/twin/lambda/environment.ts';
import { wallClock } from '../../../src/twin/lambda/function.ts';
import { createPool } from '../../../src/twin/lambda/pool.ts';
import { caller, createFixture } from './fixture.ts';

const one = 'exports.lambda_handler = async () => 1';

it('does not stop before what is about to start has ended', async () => {
  const begun = Promise.withResolvers<Environment>();
  const pool = createPool({
    start: () => begun.promise,
    maxEnvironments: 1,
    maxStarting: 1,
    clock: wallClock,
    idleTimeout: 1000,
  });
  const acquired = pool.acquire();
  let stopped = false;
  const stopping = pool.stop().then(() => {
    stopped = true;
  });
  expect(await acquired).toBeUndefined();
  await new Promise(setImmediate);
  expect(stopped).toBe(false);
  begun.reject(new Error('no process'));
  await stopping;
});

it('stops with an environment that is only about to start', async () => {
  const endpoint = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  const { lambda, create, events } = createFixture({
    dynamoDbEndpoint: () => {
      asked.resolve();
      return endpoint.promise;
    },
  });
  const invoked = lambda.invoke(create('late', one), '{}', caller);
  await asked.promise;
  const stopped = lambda.stop();
  endpoint.resolve('http://127.0.0.1:1');
  await stopped;
  expect(events.map(({ kind }) => kind)).toEqual(['started', 'ended']);
  expect(await invoked).toEqual({ kind: 'rejected', error: 'ResourceNotFoundException' });
});

it('starts few environments while one that answers at once serves many invocations', async () => {
  let started = 0;
  const ready = Promise.resolve({ kind: 'ready', duration: 1 });
  const never = new Promise(() => {});
  const start = async () =>
    ({ initialized: ++started === 1 ? ready : never, exited: never, stop: async () => {} }) as unknown as Environment;
  const pool = createPool({ start, maxEnvironments: 64, maxStarting: 2, clock: wallClock, idleTimeout: 1000 });
  for (const acquiring of Array.from({ length: 50 }, () => pool.acquire())) {
    const { environment } = (await acquiring) ?? {};
    if (!environment) throw new Error('the pool is not stopped');
    pool.responded(environment);
    pool.release(environment);
  }
  // The one that serves all, and as many as may be in INIT.
  expect(started).toBe(3);
  await pool.stop();
});

it('starts none for invocations that the ones there will serve sooner', async () => {
  // Time passes with the turns of the event loop, however long these take.
  let now = 0;
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
  };
  const clock = { now: () => now, startTimer: () => () => {} };
  let isOver = false;
  const ticking = (async () => {
    for (; !isOver; now++) await turns(1);
  })();
  const never = new Promise(() => {});
  let started = 0;
  const start = async () => {
    started += 1;
    const initialized = turns(300).then(() => ({ kind: 'ready', duration: 1 }));
    return { initialized, exited: never, stop: async () => {} } as unknown as Environment;
  };
  const pool = createPool({ start, maxEnvironments: 64, maxStarting: 2, clock, idleTimeout: 1000 });
  const client = async (): Promise<void> => {
    for (let count = 0; count < 1000; count++) {
      const { environment } = (await pool.acquire()) ?? {};
      if (!environment) throw new Error('the pool is not stopped');
      await turns(1);
      pool.responded(environment);
      pool.release(environment);
    }
  };
  await Promise.all(Array.from({ length: 32 }, client));
  isOver = true;
  await ticking;
  // Without it each client would get one of its own, as one waits at any time.
  expect(started).toBeLessThan(10);
  await pool.stop();
});

it('starts one for an invocation that has waited for longer than a start takes', async () => {
  const { lambda, create } = createFixture();
  const other = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    void other.promise.then(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Quick, until one of them waits for another.
  const code = `exports.lambda_handler = async (event) => {
    if (event.waits) await fetch('http://127.0.0.1:${port}');
    return 1;
  }`;
  const arn = create('waiting', code, { timeout: 600 });
  for (let count = 0; count < 20; count++) await lambda.invoke(arn, '{}', caller);
  const first = lambda.invoke(arn, '{"waits":true}', caller);
  expect(await lambda.invoke(arn, '{}', caller)).toMatchObject({ payload: '1' });
  other.resolve();
  expect(await first).toMatchObject({ payload: '1' });
  server.close();
  await lambda.stop();
});

it('does not count an invocation for which no environment can start', async () => {
  const start = (): Promise<Environment> => Promise.reject(new Error('no process'));
  const pool = createPool({ start, maxEnvironments: 1, maxStarting: 1, clock: wallClock, idleTimeout: 1000 });
  await expect(pool.acquire()).rejects.toThrow('no process');
  expect(pool.active).toBe(0);
});

it('does not count an invocation whose environment cannot be replaced', async () => {
  let started = 0;
  const { lambda, create } = createFixture({
    dynamoDbEndpoint: async () => {
      if (++started === 2) throw new Error('no endpoint');
      return 'http://127.0.0.1:1';
    },
  });
  const code = `const fs = require('fs');
    if (!fs.existsSync('tried')) { fs.writeFileSync('tried', ''); throw new Error('first') }
    ${one}`;
  const arn = create('replaced', code, { reservedConcurrentExecutions: 1 });
  await expect(lambda.invoke(arn, '{}', caller)).rejects.toThrow('no endpoint');
  expect(await lambda.invoke(arn, '{}', caller)).toMatchObject({ payload: '1' });
  await lambda.stop();
});

it('ends an environment that nobody uses, and takes a new one for the next invocation', async () => {
  const ended = Promise.withResolvers<void>();
  const { lambda, create, invoke, events } = createFixture({
    idleTimeout: 50,
    onEnvironment: ({ kind }) => kind === 'ended' && ended.resolve(),
  });
  const arn = create('idle', 'let calls = 0; exports.lambda_handler = async () => ++calls');
  expect((await invoke(arn)).value).toBe(1);
  await ended.promise;
  expect((await invoke(arn)).value).toBe(1);
  expect(events.slice(0, 3).map(({ kind }) => kind)).toEqual(['started', 'ended', 'started']);
  await lambda.stop();
});
