import { describe, expect, it } from 'vitest';
import { logText } from '../../src/cli/local/log-text.ts';
import { printable } from '../../src/cli/local/printable.ts';
import { requestLine } from '../../src/cli/local/request-line.ts';
import { startLines } from '../../src/cli/local/start-lines.ts';
import { outputLines } from '../../src/cli/output-lines.ts';
import { curlLine } from '../../src/page/curl-line.ts';
import type { RequestRecord } from '../../src/twin/gateway/record.ts';
import type { Description } from '../../src/twin/index.ts';
import type { LogEvent } from '../../src/twin/small-services/logs.ts';
import { stackAt } from '../page/support.ts';

describe('logText', () => {
  const text = (message: string, source: LogEvent['source'] = 'function') => logText({ group: '/g', message, source });

  it.each([
    ['what a function prints', 'out of luck', { text: 'out of luck' }],
    ['an object that it prints', '{"a":1}', { text: '{"a":1}' }],
    ['a line of Node.js', '2026-11-22T12:00:00.000Z\tc0ffee\tINFO\thello\n  world', { text: 'hello\n  world' }],
    ['a warning of Node.js', '2026-11-22T12:00:00.000Z\tc0ffee\tWARN\tslow', { text: 'slow', level: 'WARN' }],
    ["a line of Python's logger", '[INFO]\t2026-11-22T12:00:00.000Z\tc0ffee\thello', { text: 'hello' }],
    ["an error of Python's logger", '[ERROR]\t2026-11-22T12:00:00.000Z\tc0ffee\tno', { text: 'no', level: 'ERROR' }],
    ['a record', '{"timestamp":"t","level":"INFO","requestId":"c0ffee","message":"hello"}', { text: 'hello' }],
    ['a record with an object', '{"timestamp":"t","level":"INFO","message":{"a":[1]}}', { text: '{"a":[1]}' }],
    [
      'a record with more members',
      '{"timestamp":"t","level":"DEBUG","message":"m","a":1}',
      { text: 'm\n{"a":1}', level: 'DEBUG' },
    ],
    [
      'an error',
      '{"timestamp":"t","level":"ERROR","message":{"errorType":"E","errorMessage":"m","stackTrace":["E: m","  at f"]}}',
      { text: 'E: m\n  at f', level: 'ERROR' },
    ],
    [
      'an error in an object',
      '{"timestamp":"t","level":"ERROR","message":{"a":1,"error":{"errorType":"E","errorMessage":"m","stackTrace":["E: m"]}}}',
      { text: '{"a":1}\nE: m', level: 'ERROR' },
    ],
    [
      'a failed request of the Items API',
      '{"timestamp":"t","level":"ERROR","message":{"status":500,"apiRequestId":"r"}}',
      { text: '{"status":500,"apiRequestId":"r"}', level: 'ERROR' },
    ],
    ['what is no JSON', '{not json', { text: '{not json' }],
  ])('shows %s', (_what, message, expected) => {
    expect(text(message)).toEqual(expected);
  });

  it.each([
    ['in TypeScript', '{"timestamp":"t","level":"INFO","message":{"status":201,"apiRequestId":"r"}}'],
    ['in Python', '{"timestamp":"t","level":"INFO","requestId":"c","status":201,"apiRequestId":"r"}'],
  ])('leaves out the line of a request %s, which the twin has, too', (_edition, message) => {
    expect(text(message)).toBeUndefined();
  });

  it('shows what a runtime writes to its standard error, and nothing of the services', () => {
    expect(text('Segmentation fault', 'stderr')).toEqual({ text: 'Segmentation fault', level: 'STDERR' });
    for (const source of ['platform', 'access', 'execution'] as const) expect(text('ERROR', source)).toBeUndefined();
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

const url = 'http://127.0.0.1:3000/v1';
const stackOf = (method: Partial<Description['methods'][number]>, more: Partial<Description> = {}): Description => {
  const { methods } = stackAt(url);
  return stackAt(url, { methods: methods.map((one) => ({ ...one, ...method })), ...more });
};

describe('curlLine', () => {
  const start = `curl -i ${url}/items -H 'Content-Type: application/json'`;
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: "a+/'", region: 'eu-west-1' };

  it('creates an item, with what the method asks for', () => {
    expect(curlLine(stackOf({}))).toBe(`${start} -d '{"name":"First item"}'`);
    expect(curlLine(stackOf({ apiKeyRequired: true }, { apiKey: "it's" }))).toBe(
      `${start} -H 'x-api-key: it'\\''s' -d '{"name":"First item"}'`,
    );
    expect(curlLine(stackOf({ authorizationType: 'AWS_IAM' }, { credentials }))).toMatch(
      /^curl -i --aws-sigv4 "aws:amz:eu-west-1:execute-api" --user 'AKIA:a\+\/'\\'''/,
    );
    expect(curlLine(stackOf({ authorizationType: 'COGNITO_USER_POOLS' }))).toBe(
      `${start} -H "Authorization: $TOKEN" -d '{"name":"First item"}'`,
    );
  });

  it.each([
    [['OPTIONS /a', 'POST /a', 'GET /a/{id}', 'GET /b'], `curl -i ${url}/b`],
    [['OPTIONS /a', 'GET /a/{id}'], `curl -i ${url}/a/x`],
    [['PUT /a'], `curl -i -X PUT ${url}/a -H 'Content-Type: application/json' -d '{}'`],
    [['ANY /{proxy+}'], `curl -i ${url}/x`],
    [[], undefined],
  ])('of another API with %s', (routes, expected) => {
    const methods = routes.map((route) => {
      const [httpMethod = '', resourcePath = ''] = route.split(' ');
      return { httpMethod, resourcePath, authorizationType: 'NONE', apiKeyRequired: false } as const;
    });
    expect(curlLine(stackAt(url, { methods }))).toBe(expected);
  });
});

it('says at start what one needs, whatever the outputs are called', () => {
  const stack = stackOf(
    { authorizationType: 'AWS_IAM', apiKeyRequired: true },
    {
      apiKey: 'k1',
      apiKeys: [
        { logicalId: 'Key', value: 'k1', enabled: true },
        { logicalId: 'Old', value: 'k2', enabled: false },
      ],
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 's', region: 'eu-west-1' },
      outputs: [{ key: 'Zone', value: 'a' }],
    },
  );
  const pages = { page: 'http://127.0.0.1:3001/', console: 'http://127.0.0.1:3001/console/' };
  const lines = startLines(stack, { ...pages, data: '.items/data' });
  expect(lines.slice(0, -1).join('\n')).toBe(`
${url}  stage v1 of items
  /items       POST GET (AWS_IAM, API key)
  /items/{id}  GET PUT DELETE (AWS_IAM, API key)

  API key     k1 (Key)
  API key     k2 (Old, not enabled)
  Access key  AKIA
  Secret key  s (region eu-west-1)
  Docs        http://127.0.0.1:3001/
  Console     http://127.0.0.1:3001/console/
  Data        .items/data
`);
  expect(lines.at(-1)).toMatch(/^curl /);
  expect(startLines(stack, { data: '' })).not.toContain('Zone  a');
  expect(startLines(stack, { data: '' }, true)).toContain('Zone  a');
});

describe('requestLine', () => {
  const record: RequestRecord = {
    time: new Date('2026-11-22T12:00:00.005Z'),
    status: 201,
    method: 'POST',
    path: '/v1/items',
    latency: 12,
    parts: { gateway: 12 },
    requestId: 'r',
  };

  it('parts the time, and marks a cold start', () => {
    expect(requestLine(record)).toBe('12:00:00.005 201 POST /v1/items 12 ms');
    expect(requestLine(record, { withId: true })).toBe('12:00:00.005 201 POST /v1/items 12 ms r');
    const called = { ...record, functionName: 'f', parts: { gateway: 1, function: 8, dynamoDb: 3 } };
    expect(requestLine(called)).toBe('12:00:00.005 201 POST /v1/items 12 ms (gateway 1, function 8, DynamoDB 3) f');
    expect(requestLine({ ...called, parts: { gateway: 1, function: 11, coldStart: 9 } })).toBe(
      '12:00:00.005 201 POST /v1/items 12 ms (gateway 1, function 11 with a cold start of 9) f',
    );
  });

  it('says why, and shows nothing that would confuse a terminal', () => {
    const failed = { ...record, status: 404, path: '/v1/items/\u001b[31m', reason: 'no \u001b[31m\u0085' };
    expect(requestLine(failed)).toBe('12:00:00.005 404 POST /v1/items/%1B[31m 12 ms: no \\u001b[31m\\u0085');
    expect(requestLine({ ...record, status: 400, reason: 'a\n12:00 200 GET /forged' })).toMatch(
      /: a\\n12:00 200 GET \/forged$/,
    );
    expect(printable('a\tb\nc\u0000')).toBe('a\tb\nc\\u0000');
  });
});
