// One file: the tests share an instance of Lambda, and each invokes a function of its own.
import { existsSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { caller, createFixture } from './fixture.ts';

const fixture = createFixture({ dynamoDbEndpoint: async () => 'http://127.0.0.1:4567' });
const { lambda, create, invoke, events } = fixture;
const { credentials } = fixture.iam;
afterAll(() => lambda.stop());
afterEach(() => void vi.useRealTimers());

/** From here on no timeout of a function is over before the test lets time pass. */
const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

const startedFor = (name: string): number[] =>
  events.filter(({ kind, functionName }) => kind === 'started' && functionName === name).map(({ pid }) => pid);

describe('an execution environment', () => {
  it('has the variables of Lambda and of the function, and nothing of the machine', async () => {
    process.env.TWIN_SECRET = 'leaked';
    const arn = create('variables', 'exports.lambda_handler = async () => process.env', {
      environment: { OWN_VALUE: 'ünï' },
    });
    const value = (await invoke(arn)).value as Record<string, string>;
    delete process.env.TWIN_SECRET;
    expect(Object.keys(value).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL_DYNAMODB',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_FORMAT',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_LEVEL',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_LAMBDA_RUNTIME_API',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'OWN_VALUE',
      'PATH',
      'TZ',
      '_HANDLER',
      '_X_AMZN_TRACE_ID',
    ]);
    expect(value).toMatchObject({
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4567',
      OWN_VALUE: 'ünï',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/),
    });
    expect(value.AWS_ACCESS_KEY_ID).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(value.AWS_SECRET_ACCESS_KEY).toHaveLength(40);
    expect(credentials.find(value.AWS_ACCESS_KEY_ID ?? '')).toMatchObject({
      secretAccessKey: value.AWS_SECRET_ACCESS_KEY,
      sessionToken: value.AWS_SESSION_TOKEN,
      identity: {
        arn: 'arn:aws:sts::123456789012:assumed-role/r/variables',
        principalArn: 'arn:aws:iam::123456789012:role/r',
        userId: 'AROAEXAMPLEEXAMPLEEXA:variables',
        sourceFunctionArn: arn,
      },
    });
  });

  it('runs in the folder of its code, in UTC', async () => {
    const arn = create(
      'folder',
      `const code = require('fs').readdirSync('.');
       exports.lambda_handler = async () => [process.cwd() === process.env.LAMBDA_TASK_ROOT, code, new Date(0).getHours()]`,
    );
    expect((await invoke(arn)).value).toEqual([true, ['index.js'], 0]);
  });

  it('serves one invocation after another, keeping its state', async () => {
    const arn = create('counter', 'let n = 0; exports.lambda_handler = async () => ++n');
    for (const expected of [1, 2, 3, 4, 5]) expect((await invoke(arn)).value).toBe(expected);
    expect(startedFor('counter')).toHaveLength(1);
  });

  it('serves one invocation at a time: as many run side by side as are invoked', async () => {
    const meet = `
      const { connect } = require('net');
      exports.lambda_handler = async ({ port }) => {
        await new Promise((resolve) => connect(port, '127.0.0.1').on('data', resolve).on('error', resolve));
        return process.pid;
      }`;
    const arn = create('meeting', meet);
    const { createServer } = await import('node:net');
    const sockets: import('node:net').Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      if (sockets.length === 5) for (const each of sockets) each.end('go');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as import('node:net').AddressInfo;
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => invoke(arn, { port })));
    server.close();
    expect(new Set(results.map(({ value }) => value)).size).toBe(5);
  });

  it('has no part in the invocations of others', async () => {
    const arn = create('quick', 'exports.lambda_handler = async ({ n }) => n');
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    const results = await Promise.all(numbers.map((n) => invoke(arn, { n })));
    expect(results.map(({ value }) => value)).toEqual(numbers);
  });

  it('ends with its function, and so do its credentials and its folder', async () => {
    const arn = create('deleted', 'exports.lambda_handler = async () => process.env');
    const value = (await invoke(arn)).value as Record<string, string>;
    const [pid = 0] = startedFor('deleted');
    process.kill(pid, 0);
    await lambda.deleteFunction('deleted');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(events).toContainEqual({ kind: 'ended', functionName: 'deleted', pid });
    expect(credentials.find(value.AWS_ACCESS_KEY_ID ?? '')).toBeUndefined();
    expect(existsSync(value.LAMBDA_TASK_ROOT ?? '')).toBe(false);
    expect(await lambda.invoke(arn, '{}', caller)).toEqual({ kind: 'rejected', error: 'ResourceNotFoundException' });
  });
});

describe('an invocation', () => {
  it('hands the event and the context to the handler', async () => {
    const arn = create(
      'context',
      'exports.lambda_handler = async (event, c) => ({ event, ...c, remaining: c.getRemainingTimeInMillis() })',
    );
    expect(arn).toBe('arn:aws:lambda:eu-west-1:123456789012:function:context');
    const { value } = await invoke(arn, { text: 'ünï' });
    expect(value).toMatchObject({
      event: { text: 'ünï' },
      functionName: 'context',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: arn,
      logGroupName: '/aws/lambda/f',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { remaining } = value as { remaining: number };
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(10_000);
  });

  it('answers null when the handler returns nothing', async () => {
    expect(await invoke(create('nothing', 'exports.lambda_handler = async () => {}'))).toEqual({ value: null });
  });

  it('takes a handler that is not async', async () => {
    expect(await invoke(create('plain', 'exports.lambda_handler = () => 1'))).toEqual({ value: 1 });
  });

  it('keeps the trace of its caller', async () => {
    const arn = create('trace', 'exports.lambda_handler = async () => process.env._X_AMZN_TRACE_ID');
    const traceHeader = 'Root=1-6553f100-0123456789abcdef01234567;Sampled=0';
    const result = await lambda.invoke(arn, '{}', { ...caller, traceHeader });
    expect(result).toMatchObject({ payload: expect.stringMatching(/Root=1-6553f100-0123456789abcdef01234567;.*Sampled=0/) });
  });

  it('reports what the handler throws, and keeps the environment', async () => {
    const arn = create('throws', 'exports.lambda_handler = async () => { throw new TypeError(`no ${process.pid}`) }');
    const { value, functionError } = await invoke(arn);
    const [pid] = startedFor('throws');
    expect(functionError).toBe('Unhandled');
    expect(value).toEqual({ errorType: 'TypeError', errorMessage: `no ${pid}`, trace: expect.any(Array) });
    await invoke(arn);
    expect(startedFor('throws')).toEqual([pid]);
  });

  it('is killed at its timeout, and the next one gets a fresh environment', async () => {
    const arn = create(
      'slow',
      `exports.lambda_handler = async ({ wait }) => {
        if (wait) console.log('it waits');
        return wait ? new Promise((resolve) => setTimeout(resolve, 60000)) : process.pid;
      }`,
      { timeout: 1 },
    );
    stopTime();
    const waiting = invoke(arn, { wait: true });
    await fixture.line((line) => line.includes('it waits'));
    vi.advanceTimersByTime(1000);
    const { value, functionError } = await waiting;
    expect(functionError).toBe('Unhandled');
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    const next = await invoke(arn);
    expect(startedFor('slow')).toHaveLength(2);
    expect(next.value).toBe(startedFor('slow')[1]);
  });

  it('that answers and then runs on is killed at its timeout, too', async () => {
    const arn = create(
      'lingering',
      'exports.lambda_handler = async ({ linger }) => { if (linger) setImmediate(() => { for (;;); }); return process.pid }',
      { timeout: 1, memorySize: 257 },
    );
    stopTime();
    const first = await invoke(arn, { linger: true });
    expect(first.functionError).toBeUndefined();
    vi.advanceTimersByTime(1000);
    const report = await fixture.line((line) => line.includes('platform.report') && line.includes('"memorySizeMB":257'));
    expect(JSON.parse(report).record).toMatchObject({ status: 'timeout', metrics: { durationMs: 1000 } });
    expect((await invoke(arn)).value).not.toBe(first.value);
  });

  it('can tell how much time it has left', async () => {
    const code = `exports.lambda_handler = async (event, context) => {
      const before = context.getRemainingTimeInMillis();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return before - context.getRemainingTimeInMillis();
    }`;
    const spent = (await invoke(create('remaining', code))).value;
    expect(spent).toBeGreaterThanOrEqual(49);
  });

  it.each([
    ['process.exit(3)', 'Runtime exited with error: exit status 3'],
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    ['process.kill(process.pid, "SIGKILL"); await new Promise(() => {})', 'Runtime exited with error: signal: killed'],
    ['process.abort()', 'Runtime exited with error: signal: aborted'],
  ])('that ends its process with %s is Runtime.ExitError', async (code, reason) => {
    const name = `exit-${events.length}`;
    const arn = create(name, `exports.lambda_handler = async (event) => { if (!event.fine) { ${code} } return 'fine' }`);
    expect(await invoke(arn)).toEqual({
      value: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(`^RequestId: [0-9a-f-]{36} Error: ${reason}$`),
      },
      functionError: 'Unhandled',
    });
    expect((await invoke(arn, { fine: true })).value).toBe('fine');
  });

  it.each([
    ['Promise.reject(new Error("late"))', 'Runtime.UnhandledPromiseRejection', 'Error: late'],
    ['setImmediate(() => { throw new RangeError("thrown") })', 'RangeError', 'thrown'],
  ])('that leaves %s unhandled fails with %s', async (code, errorType, errorMessage) => {
    const arn = create(
      `unhandled-${errorMessage.length}`,
      `exports.lambda_handler = async () => { ${code}; await new Promise((r) => setTimeout(r, 9000)) }`,
    );
    expect((await invoke(arn)).value).toMatchObject({ errorType, errorMessage });
  });

  it('whose promise can never settle fails', async () => {
    const arn = create('never', 'exports.lambda_handler = () => new Promise(() => {})');
    expect((await invoke(arn)).value).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
  });

  it('fails if its response is over the limit, and the environment stays', async () => {
    const arn = create('large', 'exports.lambda_handler = async ({ n }) => "x".repeat(n)');
    expect(await invoke(arn, { n: 6_291_555 })).toEqual({
      value: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      },
      functionError: 'Unhandled',
    });
    expect((await invoke(arn, { n: 6_291_554 })).value).toHaveLength(6_291_554);
    expect(startedFor('large')).toHaveLength(1);
  });

  it('is rejected without a permission that matches', async () => {
    const arn = create('private', 'exports.lambda_handler = async () => 1');
    const other = { ...caller, principal: 's3.amazonaws.com' };
    expect(await lambda.invoke(arn, '{}', other)).toEqual({ kind: 'rejected', error: 'AccessDeniedException' });
    expect(startedFor('private')).toEqual([]);
  });
});
