import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { createFixture } from './fixture.ts';

const { lambda, create, invoke, lines, line } = createFixture();
afterAll(() => lambda.stop());

/** A function that takes its time, in which others would do what they are not to do. */
const clock = create('clock', 'exports.lambda_handler = () => new Promise((resolve) => setTimeout(resolve, 300))');
/** Milliseconds that what is frozen meanwhile pauses at least, by its own clock. What is not frozen does so on no idle machine. */
const shortest = 290;

describe.skipIf(process.platform === 'win32')('an execution environment between invocations', () => {
  it('does nothing, and goes on with the next invocation', async () => {
    const code = `let ticks = 0;
      let last = performance.now();
      let pause = 0;
      setInterval(() => {
        const now = performance.now();
        pause = Math.max(pause, now - last);
        last = now;
        ticks += 1;
      }, 1);
      exports.lambda_handler = async () => {
        const until = ticks + 20;
        while (ticks < until) await new Promise(setImmediate);
        return pause;
      }`;
    const leftovers = create('leftovers', code, { memorySize: 259 });
    await invoke(leftovers);
    await line((each) => each.includes('platform.report') && each.includes('"memorySizeMB":259'));
    await invoke(clock);
    expect((await invoke(leftovers)).value).toBeGreaterThan(shortest);
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
    const connected = once(server, 'connection');
    const child = `const socket = require('net').connect(${port}, '127.0.0.1', () => console.log('connected'));
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        socket.write(now - last + '\\n');
        last = now;
      }, 1)`;
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
    const paused = Promise.withResolvers<void>();
    createInterface(socket.on('error', () => {})).on('line', (pause) => Number(pause) > shortest && paused.resolve());
    await line((each) => each.includes('Memory Size: 258 MB'));
    await invoke(clock);
    const second = invoke(arn);
    await paused.promise;
    const closed = once(socket, 'close');
    await lambda.deleteFunction('child');
    expect(await second).toMatchObject({ functionError: 'Unhandled' });
    await closed;
    server.close();
  });
});
