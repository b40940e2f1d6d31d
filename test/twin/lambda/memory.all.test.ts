import { afterAll, describe, expect, it } from 'vitest';
import { createFixture } from './fixture.ts';

const { lambda, create, invoke, line, lines, events } = createFixture();
afterAll(() => lambda.stop());

const startedFor = (name: string): number =>
  events.filter(({ kind, functionName }) => kind === 'started' && functionName === name).length;

const outOfMemory = {
  value: {
    errorType: 'Runtime.OutOfMemory',
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/),
  },
  functionError: 'Unhandled',
};

/** A handler that keeps as many MB as its event says, and answers with its process id. */
const greedy = `let kept;
  exports.lambda_handler = async ({ mb }) => { if (mb) kept = Buffer.alloc(mb * 2 ** 20, 1); return process.pid }`;

/** Brings the process to so many MB, the last few of them in less time than passes between two samples. */
const take = 'const take = (mb) => kept.push(Buffer.alloc(mb * 2 ** 20 - process.memoryUsage.rss(), 1));';

describe.skipIf(process.platform !== 'linux')('a function that takes more than its memory', () => {
  it('fails, and the next invocation gets a fresh environment', async () => {
    const arn = create('greedy', greedy, { memorySize: 128 });
    const first = (await invoke(arn)).value;
    expect((await invoke(arn, { mb: 5 })).value).toBe(first);
    expect(await invoke(arn, { mb: 128 })).toEqual(outOfMemory);
    expect((await invoke(arn)).value).not.toBe(first);
    expect(startedFor('greedy')).toBe(2);
  });

  it('has as much as MemorySize says', async () => {
    const arn = create('roomy', greedy, { memorySize: 512, logFormat: 'Text' });
    expect((await invoke(arn, { mb: 300 })).functionError).toBeUndefined();
    const [, used] = /Max Memory Used: (\d+) MB/.exec(await line((each) => each.startsWith('REPORT'))) ?? [];
    expect(Number(used)).toBeGreaterThan(300);
    expect(Number(used)).toBeLessThan(512);
  });

  it('fails even if it took the last of it right before it answers', async () => {
    const code = `const kept = [];
      ${take}
      exports.lambda_handler = async ({ mb }) => { take(mb) }`;
    const arn = create('late', code, { memorySize: 256 });
    expect((await invoke(arn, { mb: 246 })).functionError).toBeUndefined();
    expect(await invoke(arn, { mb: 262 })).toEqual(outOfMemory);
  });

  it('fails even if it took the last of it right before the end of INIT', async () => {
    const code = `const kept = [];
      ${take}
      take(246);
      take(262);
      exports.lambda_handler = async () => 1`;
    expect(await invoke(create('late-init', code, { memorySize: 256 }))).toEqual(outOfMemory);
    expect(startedFor('late-init')).toBe(2);
  });

  it('fails even if it has given the memory back before it answers', async () => {
    const code = `exports.lambda_handler = async () => {
      const memory = new ArrayBuffer(200 * 2 ** 20);
      new Uint8Array(memory).fill(1);
      return memory.transfer(0).byteLength;
    }`;
    expect(await invoke(create('brief', code, { memorySize: 128 }))).toEqual(outOfMemory);
  });

  it('fails long before its timeout, whatever more it wants', async () => {
    const code = 'const kept = []; exports.lambda_handler = async () => { for (;;) kept.push(Buffer.alloc(2 ** 20, 1)) }';
    expect(await invoke(create('endless', code, { memorySize: 128, timeout: 900 }))).toEqual(outOfMemory);
  });

  it('fails if it does so in INIT, by itself and again with its invocation', async () => {
    const code = 'globalThis.kept = Buffer.alloc(200 * 2 ** 20, 1); exports.lambda_handler = async () => 1';
    expect(await invoke(create('init', code, { memorySize: 128 }))).toEqual(outOfMemory);
    for (const phase of ['init', 'invoke']) {
      expect(lines).toContainEqual(
        expect.stringMatching(`platform.initReport.*"phase":"${phase}","status":"error","errorType":"Runtime.OutOfMemory"`),
      );
    }
  });

  it('fails if a process that it starts does so', async () => {
    const child = 'globalThis.kept = Buffer.alloc(200 * 2 ** 20, 1); setInterval(() => {}, 1000)';
    const code = `const { spawn } = require('child_process');
      exports.lambda_handler = () => new Promise((resolve) =>
        spawn(process.execPath, ['-e', ${JSON.stringify(child)}]).on('exit', resolve))`;
    expect(await invoke(create('parent', code, { memorySize: 200 }))).toEqual(outOfMemory);
  });

  it('is reported with all its memory used', async () => {
    await invoke(create('json', greedy, { memorySize: 130 }), { mb: 200 });
    const report = await line((each) => each.includes('platform.report') && each.includes('"memorySizeMB":130'));
    expect(JSON.parse(report).record).toMatchObject({
      status: 'error',
      errorType: 'Runtime.OutOfMemory',
      metrics: { maxMemoryUsedMB: 130 },
    });
    await invoke(create('text', greedy, { memorySize: 131, logFormat: 'Text' }), { mb: 200 });
    expect(await line((each) => /^REPORT.*Memory Size: 131 MB/.test(each))).toMatch(
      /\tMax Memory Used: 131 MB\tInit Duration: \d+\.\d\d ms\tStatus: error\tError Type: Runtime.OutOfMemory$/,
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: signal: killed\nRuntime.OutOfMemory$/),
    );
  });
});

describe('the heap of Node.js', () => {
  const code = "exports.lambda_handler = async () => require('v8').getHeapStatistics().heap_size_limit / 2 ** 20";
  const limit = async (name: string, NODE_OPTIONS?: string): Promise<unknown> =>
    (await invoke(create(name, code, { memorySize: 512, environment: NODE_OPTIONS ? { NODE_OPTIONS } : {} }))).value;

  it('is as large as the memory of its function allows, unless the function sets it', async () => {
    // 461 MB of old space and three semi-spaces, which V8 rounds up to 32 MB.
    expect(await limit('default')).toBe(557);
    expect(await limit('other-options', '--no-warnings')).toBe(557);
    expect(await limit('own', '--max-old-space-size=90')).toBeLessThan(461);
  });
});
