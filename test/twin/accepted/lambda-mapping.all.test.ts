import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { stackStarter, template } from './support.ts';

const start = stackStarter();

/** Returns its event; throws what `fail` says. */
const code = {
  ZipFile: `exports.handler = async (event) => {
  if (event.fail) throw new Error(event.fail);
  console.log('handled ' + JSON.stringify(event));
  return event;
};`,
};
const responses: readonly JsonObject[] = [
  {
    StatusCode: '200',
    ResponseParameters: { 'method.response.header.X-Name': 'integration.response.body.name' },
  },
  {
    StatusCode: '404',
    SelectionPattern: 'Not found: .*',
    ResponseTemplates: {
      'application/json': '#set($error = $input.path("$.errorMessage")){"message": "$util.escapeJavaScript($error)"}',
    },
  },
];
const custom = (integration: JsonObject = {}): string =>
  template({
    function: { Code: code },
    integration: { Type: 'AWS', IntegrationResponses: responses, ...integration },
    method: {
      HttpMethod: 'POST',
      MethodResponses: [
        { StatusCode: '200', ResponseParameters: { 'method.response.header.X-Name': false } },
        { StatusCode: '404' },
      ],
    },
  }).replace('"HttpMethod":"GET"', '"HttpMethod":"POST"');
const post = (url: string, body?: string, contentType = 'application/json'): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': contentType }, ...(body !== undefined && { body }) });

describe('an integration of the type AWS with a function', () => {
  it('makes event and response by templates', async () => {
    const { url } = await start(
      custom({
        RequestTemplates: {
          'application/json': '{"name": $input.json("$.who"), "color": "$input.params("color")", "stage": "$context.stage"}',
        },
      }),
    );
    const response = await post(`${url}?color=red`, '{"who": "Ada"}');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-name')).toBe('Ada');
    expect(await response.json()).toEqual({ name: 'Ada', color: 'red', stage: 'v1' });
  });

  it('passes a body without a template on, and an empty one as {}', async () => {
    const { url } = await start(custom());
    expect(await (await post(url, '{"a": 1}', 'text/plain')).json()).toEqual({ a: 1 });
    expect(await (await post(url)).json()).toEqual({});
  });

  it('selects the response by the message of the error, and the default one for others', async () => {
    const { url } = await start(custom());
    const missing = await post(url, '{"fail": "Not found: x"}');
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'Not found: x' }]);
    const other = await post(url, '{"fail": "Out of luck"}');
    expect(other.status).toBe(200);
    expect(await other.json()).toMatchObject({ errorMessage: 'Out of luck', errorType: 'Error' });
    const malformed = await post(url, 'text');
    expect(malformed.status).toBe(200);
    expect(await malformed.json()).toMatchObject({
      Type: 'User',
      message: expect.stringMatching(/^Could not parse request body into json: /),
    });
  });

  it('is a 415 without a template where nothing may pass, and a 500 without a response', async () => {
    const reasons: (string | undefined)[] = [];
    const { url } = await start(
      custom({ PassthroughBehavior: 'NEVER', RequestTemplates: { 'text/csv': '{}' }, IntegrationResponses: [] }),
      { onRequest: (record) => reasons.push(record.reason) },
    );
    expect((await post(url, '{}')).status).toBe(415);
    expect((await post(url, '', 'text/csv')).status).toBe(500);
    expect(reasons[1]).toMatch(/No match for output mapping and no default endpoint response configured/);
  });

  it('invokes for X-Amz-Invocation-Type Event without waiting', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { url } = await start(
      custom({ RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } }),
      { onLog: ({ message }) => message.includes('handled') && resolve(message) },
    );
    const response = await post(url, '{"a": 1}');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await promise).toContain('handled {"a":1}');
  });
});

it.each<[JsonObject, RegExp]>([
  [
    { Type: 'AWS', Uri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:sqs:path/queue` } },
    /Integration.Uri is .*; the local twin has integrations with Lambda functions and DynamoDB only, not with sqs/,
  ],
  [
    { RequestParameters: { 'integration.request.header.X-A': "'a'" } },
    /Integration.RequestParameters maps integration.request.header.X-A/,
  ],
])('rejects by name: %#', async (integration, message) => {
  await expect(start(template({ integration }))).rejects.toThrow(message);
});
