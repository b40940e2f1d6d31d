import { describe, expect, it } from 'vitest';
import type { MethodConfiguration } from '../../../src/twin/gateway/configuration.ts';
import { compileModels, compileValidation, validateRequest } from '../../../src/twin/gateway/validate.ts';
import { request } from './support.ts';

const model = (name: string, schema: unknown) => ({ name, schema });

const check = (method: Partial<MethodConfiguration>, models: ReturnType<typeof model>[] = [], parts = 'both') => {
  const validation = compileValidation(
    {
      resourceId: 'r',
      httpMethod: 'POST',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestModels: {},
      requestParameters: {},
      methodResponses: [],
      ...method,
    },
    { id: 'v', validateRequestBody: parts !== 'parameters', validateRequestParameters: parts !== 'body' },
    compileModels('api1', models),
  );
  return (...[from, pathParameters]: [ReturnType<typeof request>, Record<string, string>]) =>
    validateRequest(validation, from, pathParameters);
};

const named = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 2 } } };

describe('validateRequest', () => {
  const checkBody = check({ requestModels: { 'application/json': 'Named' } }, [model('Named', named)]);
  const json = (body: string) =>
    request({ method: 'POST', body, headers: [['content-type', 'application/json; charset=utf-8']] });

  it('passes a body that fits its model', () => {
    expect(checkBody(json('{"name":"ab"}'), {})).toBeUndefined();
  });

  it.each([
    ['{"name":1}', '[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]'],
    ['{"name":"a"}', '[string "a" is too short (length: 1, required minimum: 2)]'],
    ['{}', '[object has missing required properties (["name"])]'],
    ['', '[object has missing required properties (["name"])]'],
    ['{', 'Unable to parse the request body as JSON'],
  ])('rejects %j', (body, validationErrorString) => {
    expect(checkBody(json(body), {})).toEqual({
      responseType: 'BAD_REQUEST_BODY',
      status: 400,
      message: 'Invalid request body',
      validationErrorString,
    });
  });

  // "API Gateway defaults to application/json" without the header, and performs no validation without a matching content type.
  it.each<[contentType: string | undefined, isValidated: boolean]>([
    ['application/json', true],
    ['Application/JSON ; charset=utf-8', true],
    [undefined, true],
    ['application/x-www-form-urlencoded', false],
    ['application/xml', false],
    ['application/merge-patch+json', false],
    ['text/plain; charset=application/json', false],
  ])('with a model for application/json, a body of %s is validated: %s', (contentType, isValidated) => {
    const headers: [string, string][] = contentType === undefined ? [] : [['Content-Type', contentType]];
    expect(checkBody(request({ method: 'POST', body: 'id=1', headers }), {}) !== undefined).toBe(isValidated);
  });

  it('checks only what the validator says', () => {
    const method = { requestModels: { $default: 'Named' }, requestParameters: { 'method.request.header.a': true } };
    const models = [model('Named', named)];
    expect(check(method, models, 'body')(request({ body: '{"name":"ab"}' }), {})).toBeUndefined();
    expect(check(method, models, 'parameters')(request({ headers: [['A', '1']] }), {})).toBeUndefined();
  });

  it('names missing and blank parameters: headers, path, query', () => {
    const checkParameters = check({
      requestParameters: {
        'method.request.querystring.q': true,
        'method.request.querystring.optional': false,
        'method.request.path.id': true,
        'method.request.header.X-Key': true,
        'method.request.header.X-Blank': true,
      },
    });
    expect(checkParameters(request({ headers: [['X-Blank', ' ']] }), {})).toMatchObject({
      responseType: 'BAD_REQUEST_PARAMETERS',
      message: 'Missing required request parameters: [X-Key, X-Blank, id, q]',
    });
    const full = request({
      query: 'q=1',
      headers: [
        ['x-key', 'k'],
        ['x-blank', 'b'],
      ],
    });
    expect(checkParameters(full, { id: '1' })).toBeUndefined();
  });

  it('rejects a model that the API does not have', () => {
    expect(() => check({ requestModels: { $default: 'Nothing' } })).toThrow(/Invalid model identifier specified: Nothing/);
  });
});

describe('compileModels', () => {
  const resultOf = (schema: unknown, value: unknown, others: ReturnType<typeof model>[] = []) =>
    compileModels('api1', [...others, model('M', schema)]).get('M')?.(JSON.stringify(value));

  it('is draft 4: exclusiveMinimum is a boolean', () => {
    const schema = { type: 'number', minimum: 1, exclusiveMinimum: true };
    expect(resultOf(schema, 1)).toBeDefined();
    expect(resultOf(schema, 2)).toBeUndefined();
  });

  it('follows references to models of the API and definitions of its own', () => {
    const uri = 'https://apigateway.amazonaws.com/restapis/api1/models/Name';
    const schema = {
      properties: { a: { $ref: uri }, b: { $ref: '#/definitions/n' } },
      definitions: { n: { type: 'number' } },
    };
    const others = [model('Name', { type: 'string' })];
    expect(resultOf(schema, { a: 'x', b: 1 }, others)).toBeUndefined();
    expect(resultOf(schema, { a: 1 }, others)).toBeDefined();
    expect(resultOf(schema, { b: 'x' }, others)).toBeDefined();
  });

  it('reads a schema that is a string, and checks formats of draft 4 only', () => {
    const schema = JSON.stringify({ properties: { at: { format: 'date-time' }, n: { format: 'int32' } } });
    expect(resultOf(schema, { at: '2026-11-22T10:00:00Z', n: 'x' })).toBeUndefined();
    expect(resultOf(schema, { at: 'today' })).toBeDefined();
  });

  it.each([
    ['a keyword of the wrong type', { type: 'nothing' }],
    ['a reference to nowhere', { $ref: 'https://apigateway.amazonaws.com/restapis/api1/models/Nothing' }],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['no object', '[]'],
    ['a misspelt keyword', { requierd: ['a'] }],
    ['an identifier of draft 6', { $id: 'https://a.example/b' }],
  ])('rejects %s, naming the model', (_name, schema) => {
    expect(() => compileModels('api1', [model('Broken', schema)])).toThrow(/Invalid model specified: the schema of Broken/);
  });
});
