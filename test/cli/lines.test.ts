import { describe, expect, it } from 'vitest';
import { curlLine } from '../../src/cli/curl.ts';
import { isWarning } from '../../src/cli/is-warning.ts';
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
    ['{"type":"platform.report","record":{"status":"timeout"}}', true],
    ['{"type":"platform.initReport","record":{"status":"error","errorType":"Runtime.ExitError"}}', true],
    ['{"type":"platform.report","record":{"status":"success"}}', false],
    ['{"record":null}', false],
    ['2026-11-22T12:00:00.000Z c0ffee Task timed out after 1.00 seconds', true],
    ['RequestId: c0ffee Error: Runtime exited without providing a reason\nRuntime.ExitError', true],
    ['REPORT RequestId: c0ffee\tDuration: 1.00 ms\tStatus: error\tError Type: Error', true],
    ['REPORT RequestId: c0ffee\tDuration: 1.00 ms\tBilled Duration: 1 ms', false],
    ['{not json', false],
    ['', false],
  ])('%j: %j', (message, expected) => {
    expect(isWarning({ group: '/aws/lambda/f', message })).toBe(expected);
  });

  it('holds for whatever the execution log and a standard error say', () => {
    expect(isWarning({ group: 'API-Gateway-Execution-Logs_a1b2c3d4e5/v1', message: '(c0ffee) Malformed' })).toBe(true);
    expect(isWarning({ group: '/aws/lambda/f', message: 'Segmentation fault', stderr: true })).toBe(true);
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
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: "a+/'", region: 'eu-west-1' };
  expect(curlLine({ outputs, credentials })).toMatch(
    /^curl -i --aws-sigv4 "aws:amz:eu-west-1:execute-api" --user 'AKIA:a\+\/'\\'''/,
  );
  expect(curlLine({ outputs, authorizationTypes: new Set(['COGNITO_USER_POOLS']) })).toBe(
    `${start} -H "Authorization: $TOKEN" -d '{"name":"First item"}'`,
  );
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
