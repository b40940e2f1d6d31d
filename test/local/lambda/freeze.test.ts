import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createFixture } from './fixture.ts';

const { lambda, create, invoke, lines, line } = createFixture();
afterAll(() => lambda.stop());

/** A function that takes its time, in which others would do what they are not to do. */
const clock = create('clock', 'exports.lambda_handler = () => new Promise((resolve) => setTimeout(resolve, 300))');

describe.skipIf(process.platform === 'win32')('an execution environment between invocations', () => {
  it('does nothing, and goes on with the next invocation', async () => {
    const code = `let ticks = 0;
      setInterval(() => { ticks += 1 }, 1);
      exports.lambda_handler = async ({ until = 0 }) => {
        const found = ticks;
        while (ticks < until) await new Promise(setImmediate);
        return found;
      }`;
    const leftovers = create('leftovers', code);
    await invoke(leftovers, { until: 5 });
    await invoke(clock);
    const { value: found } = await invoke(leftovers, { until: 20 });
    // Not quite 5: it may tick before the twin has its answer, and between its thaw and its handler.
    expect(found).toBeGreaterThanOrEqual(5);
    expect(found).toBeLessThan(100);
    expect((await invoke(leftovers)).value).toBeGreaterThanOrEqual(20);
  });

  it('has handed over all its output', async () => {
    const code = `exports.lambda_handler = async () => {
      process.stdout.write(Array.from({ length: 500 }, (_, n) => 'n'.repeat(100) + n + '\\n').join(''));
    }`;
    await invoke(create('output', code, { logFormat: 'Text' }));
    const report = await line((each) => each.startsWith('REPORT'));
    const last = lines.indexOf(`${'n'.repeat(100)}499`);
    expect(last).toBeGreaterThan(499);
    expect(lines.indexOf(report)).toBeGreaterThan(last);
  });

  it('is replaced if it ends there', async () => {
    const arn = create('killed', 'exports.lambda_handler = async () => process.pid');
    const { value: pid } = await invoke(arn);
    process.kill(Number(pid), 'SIGKILL');
    // This one may still come to the environment that is ending.
    const { value, functionError } = await invoke(arn);
    if (functionError) expect(value).toMatchObject({ errorType: 'Runtime.ExitError' });
    else expect(value).not.toBe(pid);
    expect((await invoke(arn)).value).not.toBe(pid);
  });

  it('is frozen with the processes that it has started, and ends with them', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let ticks = 0;
    const connected = once(server, 'connection');
    const child = `const socket = require('net').connect(${port}, '127.0.0.1', () => console.log('connected'));
      setInterval(() => socket.write('.'), 1)`;
    const code = `const { spawn } = require('child_process');
      let started;
      exports.lambda_handler = async () => {
        if (started) return new Promise(() => setTimeout(() => {}, 60000));
        started = spawn(process.execPath, ['-e', ${JSON.stringify(child)}]);
        await new Promise((resolve) => started.stdout.once('data', resolve));
      }`;
    const arn = create('child', code, { timeout: 60, logFormat: 'Text', memorySize: 258 });
    await invoke(arn);
    const [socket] = (await connected) as [Socket];
    socket
      .on('error', () => {})
      .on('data', ({ length }) => {
        ticks += length;
      });
    await line((each) => each.includes('Memory Size: 258 MB'));
    const before = ticks;
    await invoke(clock);
    expect(ticks - before).toBeLessThan(100);
    const ticking = once(socket, 'data');
    const second = invoke(arn);
    await ticking;
    const closed = once(socket, 'close');
    await lambda.deleteFunction('child');
    expect(await second).toMatchObject({ functionError: 'Unhandled' });
    await closed;
    server.close();
  });
});
