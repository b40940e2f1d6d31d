import { describe, expect, it } from 'vitest';
import type { IntegrationConfiguration, MethodConfiguration } from '../../../src/twin/gateway/configuration.ts';
import { compileMock, respondByMock } from '../../../src/twin/gateway/mock.ts';
import { contextOf, request } from './support.ts';

const compile = (integration: Partial<IntegrationConfiguration>, responseParameters: Record<string, boolean> = {}) =>
  compileMock(
    {
      methodResponses: ['200', '204', '400'].map((statusCode) => ({ statusCode, responseParameters })),
    } as unknown as MethodConfiguration,
    {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      requestParameters: {},
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: [{ statusCode: '200', responseParameters: {}, responseTemplates: {} }],
      timeoutInMillis: 29000,
      ...integration,
    },
  );

const answer = (mock: ReturnType<typeof compile>, parts: Parameters<typeof request>[0] = {}) => {
  const from = request(parts);
  return respondByMock(mock, { request: from, context: contextOf(from), pathParameters: {}, stageVariables: { v: '1' } });
};

const response = (statusCode: string, rest: object = {}) => ({
  statusCode,
  responseParameters: {},
  responseTemplates: {},
  ...rest,
});

describe('respondByMock', () => {
  it('answers with the default integration response', () => {
    expect(answer(compile({}))).toEqual({ status: 200, headers: [['Content-Type', 'application/json']], body: '' });
  });

  it('chooses an integration response by the status that the request template yields', () => {
    const mock = compile({
      requestTemplates: { 'application/json': '{"statusCode": #if($input.params("fail") == "1")400#{else}200#end}' },
      integrationResponses: [response('200'), response('400', { selectionPattern: '4\\d\\d' })],
    });
    expect(answer(mock)).toMatchObject({ status: 200 });
    expect(answer(mock, { query: 'fail=1' })).toMatchObject({ status: 400 });
  });

  it('maps headers, renders the response template, and lets overrides win', () => {
    const mock = compile(
      {
        integrationResponses: [
          response('200', {
            responseParameters: {
              'method.response.header.X-Literal': "'a, b'",
              'method.response.header.X-Stage': 'stageVariables.v',
              'method.response.header.X-None': 'context.authorizer.principalId',
            },
            responseTemplates: {
              'text/plain': 'plain',
              'application/json':
                '#set($context.responseOverride.header.X-Literal = "c")#set($context.responseOverride.status = 204){}',
            },
          }),
        ],
      },
      {
        'method.response.header.X-Literal': true,
        'method.response.header.X-Stage': true,
        'method.response.header.X-None': true,
      },
    );
    expect(answer(mock)).toEqual({
      status: 204,
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Literal', 'c'],
        ['X-Stage', '1'],
      ],
      body: '{}',
    });
    expect(answer(mock, { headers: [['Accept', 'text/plain']] })).toMatchObject({
      status: 200,
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-Literal', 'a, b'],
        ['X-Stage', '1'],
      ],
      body: 'plain',
    });
  });

  it.each([
    ['no JSON', 'OK'],
    ['a status that is a fraction', '{"statusCode": 200.5}'],
    ['a template that fails', '#set($value = $util.parseJson("no")){"statusCode": 200}'],
  ])('%s is a configuration error', (_name, template) => {
    expect(answer(compile({ requestTemplates: { 'application/json': template } }))).toMatchObject({
      responseType: 'API_CONFIGURATION_ERROR',
      status: 500,
    });
  });

  it('has no answer for a status that no integration response matches', () => {
    const mock = compile({ integrationResponses: [response('400', { selectionPattern: '400' })] });
    expect(answer(mock)).toMatchObject({ responseType: 'API_CONFIGURATION_ERROR' });
  });

  it('rejects what the method response does not declare', () => {
    const parameters = { 'method.response.header.X-A': "'1'" };
    expect(() => compile({ integrationResponses: [response('200', { responseParameters: parameters })] })).toThrow(
      /Invalid mapping expression parameter specified: method.response.header.X-A/,
    );
    expect(() => compile({ integrationResponses: [response('201', { responseParameters: parameters })] })).toThrow(
      /No method response exists for method: .*201/,
    );
    expect(answer(compile({ integrationResponses: [response('201')] }))).toMatchObject({
      responseType: 'API_CONFIGURATION_ERROR',
      reason: expect.stringContaining('Output mapping refers to an invalid method response: 201'),
    });
    const fromRequest = { 'method.response.header.X-A': 'method.request.header.A' };
    expect(() =>
      compile(
        { integrationResponses: [response('200', { responseParameters: fromRequest })] },
        { 'method.response.header.X-A': true },
      ),
    ).toThrow(/Invalid mapping expression specified: method.request.header.A/);
  });
});
