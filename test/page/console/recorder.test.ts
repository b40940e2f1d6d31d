import { describe, expect, it } from 'vitest';
import { sentAgain } from '../../../src/page/console/again.ts';
import { mostBodyBytes } from '../../../src/page/console/kept-body.ts';
import { createRecorder, type RecorderEvent } from '../../../src/page/console/recorder.ts';
import { summaryOf } from '../../../src/page/console/views.ts';
import { line, observed, request } from './observed.ts';

describe('a recorder', () => {
  it('keeps the last requests, the newest first, and counts them', () => {
    const recorder = createRecorder({ mostRequests: 3 });
    for (const path of ['/a', '/b', '/c', '/d', '/e']) recorder.observe(request({ path }));
    expect(recorder.requests().map(({ id, target }) => [id, target])).toEqual([
      [5, '/e'],
      [4, '/d'],
      [3, '/c'],
    ]);
    expect(recorder.request(2)).toBeUndefined();
    expect(recorder.request(3)).toMatchObject({ id: 3 });
  });

  it('keeps 1,000 requests', () => {
    const recorder = createRecorder();
    for (let index = 0; index < 1005; index += 1) recorder.observe(request());
    expect(recorder.requests()).toHaveLength(1000);
    expect(recorder.requests().at(-1)?.id).toBe(6);
  });

  it('keeps a copy of the beginning of each body, and how long it was', () => {
    const recorder = createRecorder();
    const body = Buffer.alloc(mostBodyBytes + 5, 'a');
    recorder.observe(request({ body, response: { headers: [], body: 'ä' } }));
    const { requestBody, responseBody } = recorder.request(1) ?? {};
    expect(requestBody?.bytes).toHaveLength(mostBodyBytes);
    expect(requestBody?.size).toBe(mostBodyBytes + 5);
    expect(responseBody).toEqual({ bytes: Buffer.from('ä'), size: 2 });
    body.fill('b');
    expect(requestBody?.bytes.toString()).toMatch(/^a+$/);
    expect(requestBody?.bytes.buffer).not.toBe(body.buffer);
  });

  it('drops the bodies of the oldest requests over its limit, and keeps the rest of these', () => {
    const recorder = createRecorder({ mostBytes: 250 });
    const body = Buffer.alloc(100);
    const response = { headers: [], body: '' };
    for (let index = 0; index < 4; index += 1) recorder.observe(request({ body, response }));
    const kept = recorder.requests().map(({ id, requestBody: { bytes, size } }) => [id, bytes.length, size]);
    expect(kept).toEqual([
      [4, 100, 100],
      [3, 100, 100],
      [2, 0, 100],
      [1, 0, 100],
    ]);
  });

  it('frees the room of requests that it forgets', () => {
    const recorder = createRecorder({ mostRequests: 2, mostBytes: 250 });
    const body = Buffer.alloc(100);
    const response = { headers: [], body: '' };
    for (let index = 0; index < 50; index += 1) recorder.observe(request({ body, response }));
    expect(recorder.requests().map(({ requestBody }) => requestBody.bytes.length)).toEqual([100, 100]);
  });

  it('joins a request with the lines of its log, before and after its end', () => {
    const recorder = createRecorder();
    const told: RecorderEvent[] = [];
    recorder.listen((event) => told.push(event));
    const invocation = { requestId: 'invocation', environment: 7, initDuration: 100, calls: [] };
    const { extendedRequestId, ...one } = observed({ invocation });
    recorder.observe(line('init', { environment: 7 }));
    recorder.observe(line('start', { requestId: 'invocation' }));
    recorder.observe(line('access', { requestId: extendedRequestId }));
    recorder.observe(line('of another', { requestId: 'other' }));
    recorder.observe({ type: 'request', request: { ...one, extendedRequestId } });
    recorder.observe(line('report', { requestId: 'invocation' }));
    recorder.observe(line('of nobody', {}));
    expect(recorder.request(1)?.log.lines.map(({ message }) => message)).toEqual(['init', 'start', 'access', 'report']);
    expect(told).toEqual([
      { type: 'request', request: recorder.request(1) },
      { type: 'logs', id: 1 },
    ]);
  });

  it('drops the log lines of the oldest requests over its limit as well', () => {
    const recorder = createRecorder({ mostBytes: 100 });
    const response = { headers: [], body: '' };
    recorder.observe(request({ extendedRequestId: 'one', response }));
    recorder.observe(request({ extendedRequestId: 'two', response }));
    recorder.observe(line('a'.repeat(60), { requestId: 'one' }));
    recorder.observe(line('a'.repeat(60), { requestId: 'two' }));
    expect(recorder.request(1)?.log).toMatchObject({ lines: [], leftOut: 1 });
    expect(recorder.request(2)?.log.lines).toHaveLength(1);
  });

  it('keeps the beginning of long targets and of many headers, which cannot be sent again', () => {
    const recorder = createRecorder();
    const long = 'a'.repeat(1_000_000);
    recorder.observe(request({ path: `/${long}`, url: `http://127.0.0.1:3000/${long}`, status: 414 }));
    recorder.observe(
      request({
        headers: [
          ['A', long],
          ['B', 'b'],
        ],
        status: 431,
      }),
    );
    recorder.observe(request({ body: undefined, status: 413 }));
    recorder.observe(request({ method: 'OPTIONS', path: '*', url: 'http://127.0.0.1:3000*' }));
    expect(recorder.request(1)?.target).toMatch(/^\/a{11999}…$/);
    expect(recorder.request(2)?.requestHeaders.map(([name, value]) => [name, value.length])).toEqual([['A', 16385]]);
    for (const one of recorder.requests()) expect(sentAgain(one)).toBeUndefined();
    expect(recorder.requests().map((one) => summaryOf(one).target.length)).toEqual([1, 9, 9, 2001]);
  });

  it('keeps 200 lines of a request, and the beginning of long ones', () => {
    const recorder = createRecorder();
    recorder.observe(request({ extendedRequestId: 'x' }));
    for (let index = 0; index < 205; index += 1) recorder.observe(line('a', { requestId: 'x' }));
    expect(recorder.request(1)?.log).toMatchObject({ lines: { length: 200 }, leftOut: 5 });
    recorder.observe(request({ extendedRequestId: 'y' }));
    for (let index = 0; index < 20; index += 1) recorder.observe(line('a'.repeat(9000), { requestId: 'y' }));
    const { log } = recorder.request(2) ?? {};
    expect(log?.lines.map(({ message }) => message.length)).toEqual(Array(9).fill(8001));
    expect(log?.leftOut).toBe(11);
  });

  it('forgets lines whose request never comes', () => {
    const recorder = createRecorder();
    for (let index = 0; index <= 200; index += 1) recorder.observe(line('a', { requestId: `lost ${index}` }));
    recorder.observe(request({ extendedRequestId: 'lost 0' }));
    recorder.observe(request({ extendedRequestId: 'lost 1' }));
    expect(recorder.request(1)?.log.lines).toEqual([]);
    expect(recorder.request(2)?.log.lines).toHaveLength(1);
  });

  it('knows the environments that there are', () => {
    const recorder = createRecorder();
    const environment = { id: 1, functionName: 'f', pid: 5, state: 'frozen', requests: 1, memorySize: 256 } as const;
    recorder.observe({ type: 'environment', environment });
    recorder.observe({ type: 'environment', environment: { ...environment, id: 2 } });
    recorder.observe({ type: 'environment', environment: { ...environment, state: 'ended' } });
    expect(recorder.environments()).toEqual([{ ...environment, id: 2 }]);
  });
});
