import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { apiGatewayApiKey } from '../../../src/twin/resources/apigateway/api-key.ts';
import { apiGatewayGatewayResponse } from '../../../src/twin/resources/apigateway/gateway-response.ts';
import { apiGatewayModel } from '../../../src/twin/resources/apigateway/model.ts';
import { apiGatewayRequestValidator } from '../../../src/twin/resources/apigateway/request-validator.ts';
import { apiGatewayUsagePlan } from '../../../src/twin/resources/apigateway/usage-plan.ts';
import { apiGatewayUsagePlanKey } from '../../../src/twin/resources/apigateway/usage-plan-key.ts';
import { type Invoke, output, testStacks } from './stack.ts';

const testStack = testStacks();

const echo: Invoke = (event) => output({ statusCode: 200, body: JSON.stringify(event) });

describe('a served API', () => {
  it('decodes a body before its function sees it, and responds with 415 to what it cannot decode', async () => {
    const { serve } = testStack(echo);
    const base = await serve();
    const send = (coding: string, body: Buffer) =>
      fetch(`${base}/v1/things/a`, { method: 'POST', body, headers: { 'Content-Encoding': coding } });
    const response = await send('gzip', gzipSync('{"n":1}'));
    expect(await response.json()).toMatchObject({ body: '{"n":1}', isBase64Encoded: false });
    for (const coding of ['br', 'gzip']) expect((await send(coding, Buffer.from('{}'))).status).toBe(415);
  });

  it('invokes the function with the event of the request, as API Gateway', async () => {
    const calls: unknown[] = [];
    const { serve, requests } = testStack((event, caller) => {
      calls.push(caller);
      return echo(event, caller);
    });
    const base = await serve();
    const response = await fetch(`${base}/v1/things/a%2Fb?q=1&q=2`, {
      method: 'POST',
      body: 'hü',
      headers: { 'X-Some': '1' },
    });
    expect(response.status).toBe(200);
    const event = (await response.json()) as APIGatewayProxyEvent;
    expect(event).toMatchObject({
      resource: '/things/{id}',
      path: '/things/a%2Fb',
      httpMethod: 'POST',
      queryStringParameters: { q: '2' },
      multiValueQueryStringParameters: { q: ['1', '2'] },
      pathParameters: { id: 'a%2Fb' },
      body: 'hü',
      isBase64Encoded: false,
      requestContext: {
        stage: 'v1',
        path: '/v1/things/a%2Fb',
        resourcePath: '/things/{id}',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
    expect(event.headers).toMatchObject({ 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'http' });
    const { requestContext } = event;
    expect(calls).toEqual([
      {
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${requestContext.apiId}/v1/POST/things/{id}`,
        sourceAccount: '123456789012',
        traceHeader: event.headers['X-Amzn-Trace-Id'],
      },
    ]);
    expect(response.headers.get('x-amzn-requestid')).toBe(requestContext.requestId);
    expect(response.headers.get('x-amz-apigw-id')).toBe(requestContext.extendedRequestId);
    expect(response.headers.get('x-amzn-trace-id')).toContain(event.headers['X-Amzn-Trace-Id']);
    expect(requests).toEqual([
      {
        time: expect.any(Date),
        method: 'POST',
        path: '/v1/things/a%2Fb',
        status: 200,
        latency: expect.any(Number),
        parts: { gateway: expect.any(Number), function: expect.any(Number) },
        functionName: 'hello',
        requestId: requestContext.requestId,
        userAgent: 'node',
      },
    ]);
  });

  it.each([
    ['GET', '/v1/nothing', 403, 'Missing Authentication Token'],
    ['DELETE', '/v1/things', 403, 'Missing Authentication Token'],
    ['GET', '/v2/things', 403, 'Forbidden'],
    ['GET', '/', 403, 'Forbidden'],
  ])('%s %s is %i', async (method, path, status, message) => {
    const { serve, requests } = testStack();
    const response = await fetch(`${await serve()}${path}`, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message });
    expect(requests).toMatchObject([{ path, status }]);
    expect(requests[0]).not.toHaveProperty('functionName');
  });

  it.each([
    ['a function error', { kind: 'payload', payload: '{"errorMessage":"boom"}', functionError: 'Unhandled' }, 502, 'boom'],
    ['malformed output', output({ ok: true }), 502, 'Malformed Lambda proxy response'],
    [
      'a missing permission',
      { kind: 'rejected', error: 'AccessDeniedException' },
      500,
      /: Invalid permissions on Lambda function: .* AWS::Lambda::Permission that allows apigateway.amazonaws.com to call lambda:InvokeFunction on hello, with a SourceArn that matches arn:aws:execute-api:eu-west-1:123456789012:\w{10}\/v1\/GET\/things$/,
    ],
    ['a throttled function', { kind: 'rejected', error: 'TooManyRequestsException' }, 500, 'Rate Exceeded'],
    ['a missing function', { kind: 'rejected', error: 'ResourceNotFoundException' }, 500, 'does not exist: hello'],
  ] as [string, ReturnType<typeof output>, number, string | RegExp][])(
    '%s tells the log, not the client',
    async (_name, result, status, reason) => {
      const { serve, logs } = testStack(() => result);
      const response = await fetch(`${await serve()}/v1/things`);
      expect(response.status).toBe(status);
      expect(await response.text()).toBe('{"message": "Internal server error"}');
      expect(logs).toEqual([
        {
          group: expect.stringMatching(/^API-Gateway-Execution-Logs_\w{10}\/v1$/),
          source: 'execution',
          message: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason),
        },
      ]);
    },
  );

  it('answers a fault of its own with 500 and reports it', async () => {
    const fault = new Error('a bug');
    const { serve, errors } = testStack(() => {
      throw fault;
    });
    const response = await fetch(`${await serve()}/v1/things`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"message": "Internal server error"}');
    expect(errors).toEqual([fault]);
  });

  it('holds requests against models and parameters, and answers with gateway responses', async () => {
    const { serve, start } = testStack(echo);
    const base = await serve({}, async (apiId) => {
      const schema = { type: 'object', required: ['name'] };
      const model = await start(apiGatewayModel, { RestApiId: apiId, Name: 'Thing', Schema: schema });
      const validator = await start(apiGatewayRequestValidator, {
        RestApiId: apiId,
        ValidateRequestBody: 'true',
        ValidateRequestParameters: 'true',
      });
      await start(apiGatewayGatewayResponse, {
        RestApiId: apiId,
        ResponseType: 'BAD_REQUEST_BODY',
        StatusCode: 422,
        ResponseTemplates: {
          'application/json': '{"why":"$context.error.validationErrorString","id":"$context.requestId"}',
        },
        ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin' },
      });
      return {
        RequestValidatorId: validator.ref,
        RequestModels: { $default: model.ref },
        RequestParameters: { 'method.request.querystring.q': 'true' },
      };
    });
    const post = (query: string, body: string) =>
      fetch(`${base}/v1/things${query}`, { method: 'POST', body, headers: { Origin: 'https://a.example' } });
    expect(await (await post('', '{}')).json()).toEqual({ message: 'Missing required request parameters: [q]' });
    const rejected = await post('?q=1', '{}');
    expect(rejected.status).toBe(422);
    expect(rejected.headers.get('access-control-allow-origin')).toBe('https://a.example');
    expect(await rejected.text()).toMatch(
      /^\{"why":"\[object has missing required properties \(\["name"\]\)\]","id":"[0-9a-f-]{36}"\}$/,
    );
    expect((await post('?q=1', '{"name":"n"}')).status).toBe(200);
  });

  it.each([
    ['AWS_IAM', {}, 403, { message: 'Missing Authentication Token' }],
    ['NONE', { ApiKeyRequired: true }, 403, { message: 'Forbidden' }],
  ])('protects a method with %s and %o', async (AuthorizationType, rest, status, body) => {
    const { serve } = testStack();
    const response = await fetch(`${await serve({ AuthorizationType, ...rest })}/v1/things`);
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('lets a key of a usage plan in', async () => {
    const { serve, start, gateway } = testStack(echo);
    let apiId = '';
    const base = await serve({ ApiKeyRequired: true }, async (id) => {
      apiId = id;
    });
    const key = await start(apiGatewayApiKey, { Enabled: true });
    const plan = await start(apiGatewayUsagePlan, { ApiStages: [{ ApiId: apiId, Stage: 'v1' }] });
    await start(apiGatewayUsagePlanKey, { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: plan.ref });
    const value = gateway.usage.apiKeys().find(({ id }) => id === key.ref)?.value ?? '';
    const response = await fetch(`${base}/v1/things`, { headers: { 'x-api-key': value } });
    expect(response.status).toBe(200);
    const event = (await response.json()) as APIGatewayProxyEvent;
    expect(event.requestContext.identity).toMatchObject({ apiKey: value, apiKeyId: key.ref });
  });

  it('writes an access-log line for each request, rejected ones too', async () => {
    const { serve, logs } = testStack();
    const DestinationArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:access';
    const Format =
      '$context.requestId $context.httpMethod $context.path $context.status $context.error.responseType $context.integration.status';
    const base = await serve({}, undefined, { AccessLogSetting: { DestinationArn, Format } });
    await fetch(`${base}/v1/things`);
    await fetch(`${base}/v1/nothing`);
    expect(logs.map(({ group, message }) => [group, message.slice(37)])).toEqual([
      ['access', 'GET /v1/things 200 - 200'],
      ['access', 'GET /v1/nothing 403 MISSING_AUTHENTICATION_TOKEN -'],
    ]);
  });

  it('takes the request id that a client has chosen everywhere, and marks another one in the access log', async () => {
    const { serve, logs, requests } = testStack(echo);
    const DestinationArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:access';
    const base = await serve({}, undefined, { AccessLogSetting: { DestinationArn, Format: '$context.requestId' } });
    const ask = (id: string) => fetch(`${base}/v1/things`, { headers: { 'x-amzn-requestid': id } });
    const chosen = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    const accepted = await ask(chosen);
    expect(accepted.headers.get('x-amzn-requestid')).toBe(chosen);
    expect(((await accepted.json()) as APIGatewayProxyEvent).requestContext.requestId).toBe(chosen);
    const replaced = (await ask('mine')).headers.get('x-amzn-requestid');
    expect(requests.map(({ requestId }) => requestId)).toEqual([chosen, replaced]);
    expect(logs.map(({ message }) => message)).toEqual([chosen, `${replaced}_REPLACED_INVALID_REQUEST_ID`]);
  });

  it.each(['NONE', 'AWS_IAM'])('knows that methods ask for %s', async (AuthorizationType) => {
    const { serve, gateway } = testStack();
    await serve({ AuthorizationType });
    expect(new Set(gateway.stages()[0]?.methods.map(({ authorizationType }) => authorizationType))).toEqual(
      new Set([AuthorizationType]),
    );
  });
});
