import { once } from 'node:events';
import http, { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { disturbanceOf, type Fault } from '../../campaign/faults/fault.ts';
import { faults } from '../../campaign/faults/index.ts';
import { type FaultProxy, startProxy } from '../../campaign/proxy/proxy.ts';
import { createUpstream, type Upstream } from '../../src/twin/dynamodb/upstream.ts';

/** A database that returns the body of each call. */
const received: string[] = [];
const database = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  received.push(body);
  response.setHeader('x-amz-crc32', '7').end(body);
});
let upstream: Upstream;
let proxy: FaultProxy;
/** Like a function, the client has one connection and keeps it alive. */
let agent: http.Agent;

beforeAll(async () => {
  await once(database.listen(0, '127.0.0.1'), 'listening');
  const { port } = database.address() as AddressInfo;
  upstream = createUpstream(async () => ({ url: new URL(`http://127.0.0.1:${port}`) }), 'us-east-1');
  proxy = await startProxy(upstream);
  agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
});
afterAll(async () => {
  agent.destroy();
  await proxy.stop();
  upstream.close();
  database.close();
});
beforeEach(async () => {
  await proxy.rest();
  proxy.disturb({});
  received.length = 0;
});

const input = { Item: { id: { S: 'a' }, text: { S: 'x'.repeat(200) } } };

/** Sends a call and returns the response, or the error if there is none. The client gives up when the signal aborts. */
const call = (signal?: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const headers = { 'X-Amz-Target': 'DynamoDB_20120810.PutItem', 'Content-Type': 'application/x-amz-json-1.0' };
    const sent = http.request(proxy.url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('error', (error) => resolve(error.message))
        .on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    signal?.addEventListener('abort', () => sent.destroy(new Error('given up')));
    sent.on('error', (error) => resolve(error.message)).end(JSON.stringify(input));
  });

const faultNamed = (name: string): Fault => {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`there is no fault ${name}`);
  return found;
};

describe('the proxy', () => {
  it('passes calls on as they are, and applied what became of them', async () => {
    expect(await call()).toBe(`200 ${JSON.stringify(input)}`);
    expect(received).toEqual([JSON.stringify(input)]);
    const result = { status: 200, wrote: true, ids: [], more: false };
    expect(await proxy.rest()).toEqual([{ action: 'PutItem', id: 'a', result }]);
  });

  it('is healthy even if it disturbs calls', async () => {
    proxy.disturb({ call: async ({ socket }) => void socket.destroy() });
    expect(await (await fetch(proxy.url)).text()).toBe('healthy');
  });

  it('rejects connections while its port is closed', async () => {
    proxy.disturb({ begin: (network) => network.closePort() });
    // The first call may use an existing connection.
    expect(await call()).toMatch(/ECONNREFUSED|socket hang up|ECONNRESET/);
    expect(await call()).toMatch(/ECONNREFUSED/);
    await proxy.rest();
    expect(await call()).toMatch(/^200 /);
  });

  it('clears its record when a disturbance begins', async () => {
    await call();
    proxy.disturb({});
    expect(await proxy.rest()).toEqual([]);
  });
});

describe('faults', () => {
  it('have at least 40 kinds with unique names', () => {
    expect(faults.length).toBeGreaterThanOrEqual(40);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('have names that say whether the call is applied', () => {
    for (const { name, applied, notApplied } of faults) {
      if (applied) expect(name).toMatch(/^applied/);
      else if (notApplied) expect(name).toMatch(/^(not applied|applied after|400)/);
    }
  });

  const onCalls = faults.filter(({ applied, notApplied, slow }) => (applied || notApplied) && !slow);
  it.each(onCalls.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
    await call();
    received.length = 0;
    proxy.disturb(disturbanceOf(fault, 'once'));
    const told = await call();
    expect(received).toHaveLength(name.startsWith('applied') ? 1 : 0);
    const attempts = await proxy.rest();
    expect(attempts.map(({ result }) => result?.wrote ?? false)).toEqual([name.startsWith('applied')]);
    // Node.js handles these correctly.
    const isHarmless = /crc32|Continue|Hints|two responses|second response|closed after the response|without a length/.test(
      name,
    );
    expect(told === `200 ${JSON.stringify(input)}`).toBe(isHarmless);
  });

  it.each([
    'not applied, no response',
    'applied, no response',
    'applied, silence within the body',
    'applied, no last chunk',
    'applied, one byte every half second',
    'applied after the function has given up',
  ])('%s lasts until the client gives up', async (name) => {
    const controller = new AbortController();
    proxy.disturb(disturbanceOf(faultNamed(name), 'once', async () => controller.abort()));
    expect(await call(controller.signal)).toBe('given up');
    const [attempt] = await proxy.rest();
    expect(attempt?.result?.wrote ?? false).toBe(name.startsWith('applied'));
  });

  it('happen in the first call or in every call', async () => {
    const fault = faultNamed('not applied, 503 ServiceUnavailable');
    for (const [mode, statuses] of [
      ['once', ['503', '200', '200']],
      ['always', ['503', '503', '503']],
    ] as const) {
      proxy.disturb(disturbanceOf(fault, mode));
      const told = [await call(), await call(), await call()];
      expect(told.map((text) => text.slice(0, 3))).toEqual(statuses);
    }
  });

  it('give another client time before the first one notices', async () => {
    const fault = faultNamed('applied, reset without a byte');
    const order: string[] = [];
    const between = async (): Promise<void> => {
      order.push(`between, after ${received.length} call`);
    };
    proxy.disturb(disturbanceOf(fault, 'once', between));
    order.push(await call());
    expect(order).toEqual(['between, after 1 call', expect.stringMatching(/ECONNRESET|hang up/)]);
  });

  it('can break idle and new connections', async () => {
    for (const name of ['idle connection reset before the request', 'new connection reset', 'new connection closed']) {
      await call();
      received.length = 0;
      proxy.disturb(disturbanceOf(faultNamed(name), 'once'));
      const told = [await call(), await call(), await call()];
      expect(told[0]).not.toMatch(/^200 /);
      expect(told[2]).toMatch(/^200 /);
      expect(received.length).toBe(told.filter((text) => text.startsWith('200')).length);
      await proxy.rest();
    }
  });
});
