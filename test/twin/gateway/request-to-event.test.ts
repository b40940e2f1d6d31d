import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/twin/gateway/http.ts';
import { proxyEvent } from '../../../src/twin/gateway/request-to-event.ts';
import { contextOf, request } from './support.ts';

const eventOf = (
  from: HttpRequest,
  binaryMediaTypes: readonly string[] = [],
  pathParameters: Record<string, string> = {},
) => {
  const context = contextOf(from);
  Object.assign(context, { resourceId: 'abc123', resourcePath: '/items', deploymentId: 'dep123' });
  const text = proxyEvent({
    request: from,
    context,
    resource: '/items',
    pathParameters,
    stageVariables: {},
    binaryMediaTypes,
    forwarded: [['X-Forwarded-For', from.sourceIp]],
  });
  return { event: JSON.parse(text) as APIGatewayProxyEvent, context };
};

describe('proxyEvent', () => {
  it('is what API Gateway sends for a request with nothing to it', () => {
    const { event, context } = eventOf(request({ headers: [['Host', 'localhost']] }));
    expect(event).toEqual({
      resource: '/items',
      path: '/items',
      httpMethod: 'GET',
      headers: { Host: 'localhost', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { Host: ['localhost'], 'X-Forwarded-For': ['127.0.0.1'] },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: 'api1234567',
        deploymentId: 'dep123',
        domainName: 'api1234567.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: 'api1234567',
        extendedRequestId: context.extendedRequestId,
        httpMethod: 'GET',
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '127.0.0.1',
          user: null,
          userAgent: null,
          userArn: null,
        },
        path: '/v1/items',
        protocol: 'HTTP/1.1',
        requestId: context.requestId,
        requestTime: '22/Nov/2026:09:05:03 +0000',
        requestTimeEpoch: Date.UTC(2026, 10, 22, 9, 5, 3, 4),
        resourceId: 'abc123',
        resourcePath: '/items',
        stage: 'v1',
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it('leaves alone what is not valid percent-encoding', () => {
    expect(eventOf(request({ query: 'bad=%zz' })).event.queryStringParameters).toEqual({ bad: '%zz' });
  });

  it('carries any text as it is, and any bytes of a binary media type in base64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ minLength: 1 }), (text, bytes) => {
        const { event: textEvent } = eventOf(request({ body: text, headers: [['Content-Type', 'text/plain']] }), [
          'image/*',
        ]);
        expect(textEvent.isBase64Encoded).toBe(false);
        expect(textEvent.body ?? '').toBe(Buffer.from(text).toString());
        const image = request({ body: Buffer.from(bytes), headers: [['content-type', 'image/png; x=y']] });
        const { event: binaryEvent } = eventOf(image, ['image/*']);
        expect(binaryEvent.isBase64Encoded).toBe(true);
        expect(Buffer.from(binaryEvent.body ?? '', 'base64')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('has U+FFFD in a text for bytes that are not UTF-8', () => {
    const body = Buffer.from('7b2261223a2278ff79c3227d', 'hex');
    const { event } = eventOf(request({ body, headers: [['Content-Type', 'application/json']] }));
    expect([event.body, event.isBase64Encoded]).toEqual(['{"a":"x\ufffdy\ufffd"}', false]);
  });

  it('keeps a slash at the end of the path, which is none of the parameters', () => {
    const { event } = eventOf(request({ path: '/v1/items/a/' }), [], { id: 'a' });
    expect([event.path, event.requestContext.path, event.pathParameters]).toEqual([
      '/items/a/',
      '/v1/items/a/',
      { id: 'a' },
    ]);
  });

  it('carries any query', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string())), (pairs) => {
        const query = new URLSearchParams(pairs);
        const expected = new Map<string, string[]>();
        for (const [name, value] of query) {
          expected.set(name, [...(expected.get(name) ?? []), value]);
        }
        const { event } = eventOf(request({ query: query.toString() }));
        expect(Object.entries(event.multiValueQueryStringParameters ?? {}).sort()).toEqual([...expected].sort());
      }),
    );
  });
});
