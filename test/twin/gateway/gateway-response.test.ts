import { describe, expect, it } from 'vitest';
import type { GatewayResponseConfiguration } from '../../../src/twin/gateway/configuration.ts';
import { builtIn, type Failure, failure } from '../../../src/twin/gateway/failure.ts';
import { createGatewayResponder } from '../../../src/twin/gateway/gateway-response.ts';
import { contextOf, request } from './support.ts';

const configuration = (
  responseType: string,
  rest: Partial<GatewayResponseConfiguration> = {},
): GatewayResponseConfiguration => ({
  responseType,
  responseParameters: {},
  responseTemplates: {},
  ...rest,
});

const respond = (configurations: GatewayResponseConfiguration[], to: Failure, parts: Parameters<typeof request>[0] = {}) => {
  const from = request(parts);
  const source = { request: from, context: contextOf(from), stageVariables: { v: 'var' }, pathParameters: { id: '7' } };
  return { ...createGatewayResponder(configurations)(to, source), context: source.context };
};

describe('createGatewayResponder', () => {
  it('substitutes variables and nothing else', () => {
    const template =
      '#if($context.stage)$context.error.messageString|$context.error.message|$context.error.responseType|[$context.error.validationErrorString]|$stageVariables.v.$context.httpMethod.#end';
    const { body } = respond(
      [configuration('BAD_REQUEST_BODY', { responseTemplates: { 'application/json': template } })],
      failure('BAD_REQUEST_BODY', { message: 'a "b"' }),
    );
    expect(body).toBe('#if(v1)"a \\"b\\""|a "b"|BAD_REQUEST_BODY|[]|var.GET.#end');
  });

  it.each(Object.keys(builtIn) as Failure['responseType'][])(
    '%s: a response without a StatusCode keeps the status',
    (type) => {
      const { status } = builtIn[type];
      const byDefault = configuration(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
      expect(respond([byDefault], failure(type))).toMatchObject({ status });
      expect(respond([{ ...byDefault, statusCode: '599' }], failure(type))).toMatchObject({ status: 599 });
      expect(respond([configuration(type)], failure(type))).toMatchObject({ status });
    },
  );

  it('prefers the response of its own type to the default', () => {
    const responses = [
      configuration('DEFAULT_4XX', { statusCode: '400', responseTemplates: { 'application/json': 'default' } }),
      configuration('THROTTLED', { responseTemplates: { 'application/json': 'own' } }),
    ];
    expect(respond(responses, failure('THROTTLED'))).toMatchObject({ status: 429, body: 'own' });
    expect(respond(responses, failure('QUOTA_EXCEEDED'))).toMatchObject({ status: 400, body: 'default' });
  });

  it('maps headers, and leaves out those without a value', () => {
    const responseParameters = {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Literal': "'it''s'",
      'gatewayresponse.header.X-Header': 'method.request.header.Origin',
      'gatewayresponse.header.X-Query': 'method.request.querystring.q',
      'gatewayresponse.header.X-Path': 'method.request.path.id',
      'gatewayresponse.header.X-Id': 'context.requestId',
      'gatewayresponse.header.X-None': 'method.request.header.Nothing',
      'gatewayresponse.header.X-No-Claim': 'context.authorizer.claims.sub',
    };
    const { headers, context } = respond([configuration('DEFAULT_4XX', { responseParameters })], failure('THROTTLED'), {
      query: 'q=1&q=2',
      headers: [['origin', 'https://a.example']],
    });
    expect(headers).toEqual([
      ['Content-Type', 'application/problem+json'],
      ['x-amzn-ErrorType', 'TooManyRequestsException'],
      ['X-Literal', "it''s"],
      ['X-Header', 'https://a.example'],
      ['X-Query', '2'],
      ['X-Path', '7'],
      ['X-Id', context.requestId],
    ]);
  });

  it.each([
    ['gatewayresponse.body.x', "'1'"],
    ['gatewayresponse.header.X', 'integration.response.header.Y'],
    ['gatewayresponse.header.X', 'no quotes'],
  ])('rejects %s: %s', (parameter, expression) => {
    expect(() =>
      createGatewayResponder([configuration('THROTTLED', { responseParameters: { [parameter]: expression } })]),
    ).toThrow(expect.objectContaining({ code: 'INVALID_PROPERTY' }));
  });
});
