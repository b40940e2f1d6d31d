import { describe, expect, it } from 'vitest';
import { curlLine } from '../../src/cli/curl.ts';
import { isWarning } from '../../src/cli/log-level.ts';
import { outputLines } from '../../src/cli/output-lines.ts';
import { requestLine } from '../../src/cli/request-line.ts';

describe('isWarning', () => {
  it.each([
    ['{"timestamp":"2026-11-22T12:00:00.000Z","level":"ERROR","message":"x"}', true],
    ['{"level":"WARN","message":"x"}', true],
    ['{"level":"warning"}', true],
    ['{"level":"INFO","message":"ERROR"}', false],
    ['{"requestId":"x","status":"500"}', false],
    ['2026-11-22T12:00:00.000Z\tc0ffee\tERROR\tInvoke Error', true],
    ['2026-11-22T12:00:00.000Z\tc0ffee\tINFO\tERROR', false],
    ['[WARNING]\t2026-11-22T12:00:00.000Z\tc0ffee\tslow', true],
    ['[INFO]\t2026-11-22T12:00:00.000Z\tc0ffee\tx', false],
    ['START RequestId: c0ffee Version: $LATEST', false],
    ['{not json', false],
    ['', false],
  ])('%j: %j', (message, expected) => {
    expect(isWarning(message)).toBe(expected);
  });
});

it('prints outputs in two columns', () => {
  const outputs = [
    { key: 'ApiInvokeUrl', value: 'http://127.0.0.1:3000/v1' },
    { key: 'VpcId', value: 'vpc-1' },
  ];
  expect(outputLines(outputs)).toEqual(['ApiInvokeUrl  http://127.0.0.1:3000/v1', 'VpcId         vpc-1']);
  expect(outputLines([])).toEqual([]);
});

it('prints a curl line if there is an invoke URL', () => {
  const outputs = [{ key: 'ApiInvokeUrl', value: 'http://127.0.0.1:3000/v1' }];
  const start = "curl -i http://127.0.0.1:3000/v1/items -H 'Content-Type: application/json'";
  expect(curlLine({ outputs })).toBe(`${start} -d '{"name":"First item"}'`);
  expect(curlLine({ outputs, apiKey: "it's" })).toBe(`${start} -H 'x-api-key: it'\\''s' -d '{"name":"First item"}'`);
  expect(curlLine({ outputs: [] })).toBeUndefined();
});

it('prints a request on one line, whatever is in its path', () => {
  const record = {
    time: new Date('2026-11-22T12:00:00.005Z'),
    status: 404,
    method: 'GET',
    path: '/v1/items/\u001b[31m',
    latency: 12,
    requestId: 'r',
  };
  expect(requestLine(record)).toBe('12:00:00.005 404 GET /v1/items/%1B[31m 12 ms - r');
});
