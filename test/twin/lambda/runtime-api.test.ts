import { afterEach, describe, expect, it } from 'vitest';
import { maxResponseBytes, type RuntimeApi, startRuntimeApi } from '../../../src/twin/lambda/runtime-api.ts';

const invocation = {
  requestId: '11111111-1111-1111-1111-111111111111',
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
  payload: '{"n":1}',
  traceId: 'Root=1-0-0;Parent=0;Sampled=0',
  deadline: 1_800_000_000_000,
};

let api: RuntimeApi | undefined;
afterEach(() => api?.close());

const start = async () => {
  const told: [string, string][] = [];
  const next = Promise.withResolvers<void>();
  const started = await startRuntimeApi({
    onNext: () => next.resolve(),
    onResponse: (payload) => told.push(['response', payload]),
    onError: (payload) => told.push(['error', payload]),
    onInitError: (payload) => told.push(['init', payload]),
  });
  api = started;
  const url = `http://127.0.0.1:${started.port}/2018-06-01/runtime`;
  const post = async (path: string, body: string): Promise<[number, unknown]> => {
    const response = await fetch(`${url}/${path}`, { method: 'POST', body });
    return [response.status, await response.json()];
  };
  /** Brings the runtime to the state Running. */
  const run = async (): Promise<Response> => {
    const response = fetch(`${url}/invocation/next`);
    await next.promise;
    started.dispatch(invocation);
    return response;
  };
  return { url, post, run, told };
};

describe('the Runtime API', () => {
  it('hands out an invocation with its headers', async () => {
    const { run } = await start();
    const response = await run();
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"n":1}');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': '1800000000000',
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': invocation.traceId,
    });
  });

  it('accepts a response and an error, once', async () => {
    const { run, post, told } = await start();
    await run();
    expect(await post(`invocation/${invocation.requestId}/response`, '"done"')).toEqual([202, { status: 'OK' }]);
    expect(await post(`invocation/${invocation.requestId}/error`, '{}')).toEqual([
      403,
      {
        errorType: 'InvalidStateTransition',
        errorMessage:
          'State transition from RuntimeResponseSentState to InvocationErrorResponse failed for runtime. Error: State transition is not allowed',
      },
    ]);
    expect(told).toEqual([['response', '"done"']]);
  });

  it('rejects another request id', async () => {
    const { run, post, told } = await start();
    const rejection = [400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' }];
    expect(await post('invocation/none/response', '1')).toEqual(rejection);
    await run();
    expect(await post('invocation/other/response', '1')).toEqual(rejection);
    expect(told).toEqual([]);
  });

  it('takes an init error only before the first invocation is asked for', async () => {
    const { run, post, told } = await start();
    await run();
    expect((await post('init/error', '{}'))[0]).toBe(403);
    expect(told).toEqual([]);
  });

  it('gives no invocation after an init error', async () => {
    const { url, post, told } = await start();
    expect(await post('init/error', '{"errorType":"X"}')).toEqual([202, { status: 'OK' }]);
    expect((await fetch(`${url}/invocation/next`)).status).toBe(403);
    expect(told).toEqual([['init', '{"errorType":"X"}']]);
  });

  it('rejects a response that is one byte too long', async () => {
    const { run, post, told } = await start();
    await run();
    const body = 'x'.repeat(maxResponseBytes + 1);
    expect(await post(`invocation/${invocation.requestId}/response`, body)).toEqual([
      413,
      { errorType: 'RequestEntityTooLarge', errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).' },
    ]);
    expect(told).toEqual([['error', expect.stringContaining('Function.ResponseSizeTooLarge')]]);
  });

  it('has no other paths', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/none`)).status).toBe(404);
    expect((await fetch(`${url}/invocation/next`, { method: 'POST' })).status).toBe(404);
  });
});
