// One file: it is a list of templates.
import { expect } from 'vitest';
import type { LocalErrorCode } from '../../../src/cloudformation/errors.ts';
import type { StartOptions } from '../../../src/twin/index.ts';
import { python, whyNot } from '../../functions/python/python.ts';

/** A template that runs in the twin, and what it answers, in this order. */
export interface Served {
  readonly file: string;
  readonly style: string;
  readonly options?: StartOptions;
  /** Why it cannot run here, if it cannot. */
  readonly whyNot?: string | undefined;
  /** Output that names where requests go. */
  readonly output: string;
  readonly exchanges: readonly Exchange[];
  /** Some of the warnings of its start. */
  readonly warnings?: readonly string[];
}

export interface Exchange {
  /** Method and what follows the output's URL. */
  readonly request: string;
  readonly sent?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
  /** Some of the headers. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** A template that the twin rejects: the message names the thing, what is wrong with it, and the remedy. */
export interface Rejected {
  readonly file: string;
  readonly what: string;
  readonly code: LocalErrorCode;
  readonly message: RegExp;
}

const json = { 'Content-Type': 'application/json' };

export const served: readonly Served[] = [
  {
    file: 'join.json',
    style: 'JSON, Fn::Join, a callback on nodejs20.x, a deployment with a stage of its own',
    output: 'Url',
    exchanges: [
      {
        request: 'GET /notes/a%20b',
        status: 200,
        headers: { 'x-table': expect.stringMatching(/^foreign-NotesTable-[A-Z0-9]+$/) },
        body: { id: 'a%20b', method: 'GET', stage: 'beta' },
      },
      { request: 'GET /notes/broken', status: 502, body: { message: 'Internal server error' } },
      { request: 'GET /notes', status: 403, body: { message: 'Missing Authentication Token' } },
    ],
  },
  {
    file: 'long-form.yaml',
    style: 'long forms in quotes, CORS by MOCK',
    options: { parameters: { Environment: 'prod' } },
    output: 'ApiUrl',
    exchanges: [
      {
        request: 'GET ?q=1&q=2',
        status: 200,
        headers: { 'access-control-allow-origin': '*' },
        body: { users: [], table: 'users-prod', query: { q: '2' } },
      },
      { request: 'OPTIONS ', status: 200, headers: { 'access-control-allow-methods': 'GET,OPTIONS' }, body: '' },
    ],
  },
  {
    file: 'mappings.yaml',
    style: 'mappings and conditions, for a test',
    output: 'Url',
    exchanges: [{ request: 'GET ', status: 200, body: 'hi east on a+b 128' }],
  },
  {
    file: 'mappings.yaml',
    style: 'mappings and conditions, for production elsewhere',
    options: { region: 'eu-west-1', parameters: { Stage: 'production', Subnets: 'x,y,z' } },
    output: 'Url',
    exchanges: [{ request: 'GET ', status: 200, body: 'welcome west  x+y+z 512' }],
  },
  {
    file: 'router.yaml',
    style: 'ANY on {proxy+}, one function that routes by itself and may not delete',
    output: 'Endpoint',
    exchanges: [
      { request: 'GET /books/1', status: 404, body: { error: 'no book 1' } },
      { request: 'PUT /books/1', sent: { body: '{"title":"Ünï"}', headers: json }, status: 201, body: { isbn: '1' } },
      { request: 'GET /books/1', status: 200, body: { isbn: '1', title: 'Ünï' } },
      { request: 'DELETE /books/1', status: 500, body: { error: 'AccessDeniedException' } },
      { request: 'PATCH /books/1', status: 405, body: {} },
      { request: 'GET /authors', status: 404, body: { error: 'no route GET /authors' } },
      { request: 'GET /', status: 403, body: { message: 'Missing Authentication Token' } },
    ],
  },
  {
    file: 'keys.yaml',
    style: 'an API key on a usage plan',
    output: 'Url',
    exchanges: [
      { request: 'POST ', status: 403, body: { message: 'Forbidden' } },
      { request: 'POST ', sent: { headers: { 'x-api-key': '0123456789-abcdefghij' } }, status: 200, body: 1 },
      { request: 'POST ', sent: { headers: { 'x-api-key': 'other' } }, status: 403, body: { message: 'Forbidden' } },
    ],
  },
  {
    file: 'models.yaml',
    style: 'a model, a gateway response, stage variables and logs',
    output: 'OrdersUrl',
    exchanges: [
      {
        request: 'POST ',
        sent: { body: '{"quantity":3}', headers: json },
        status: 201,
        headers: { 'x-part': 'a, b' },
        body: '3 pieces',
      },
      {
        request: 'POST ',
        sent: { body: '{"quantity":0}', headers: json },
        status: 422,
        headers: { 'access-control-allow-origin': '*' },
        body: { error: 'Invalid request body', why: expect.stringContaining('minimum: 1') },
      },
    ],
  },
  {
    file: 'dynamodb-integration.yaml',
    style: 'integrations with DynamoDB, whose role decides',
    output: 'Url',
    exchanges: [
      { request: 'PUT /1', sent: { body: '{"what":"Ünï"}', headers: json }, status: 200, body: {} },
      {
        request: 'PUT /1',
        sent: { body: '{"what":"again"}', headers: json },
        status: 409,
        body: { exists: '1', type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
      },
      { request: 'GET /1', status: 200, body: { what: 'Ünï' } },
      { request: 'GET /2', status: 200, body: { what: '' } },
      {
        request: 'DELETE /1',
        status: 403,
        body: {
          __type: 'com.amazon.coral.service#AccessDeniedException',
          Message: expect.stringMatching(/BackplaneAssumeRoleSession is not authorized to perform: dynamodb:DeleteItem/),
        },
      },
    ],
  },
  {
    file: 'released.yaml',
    style: 'a stage that a deployment describes, with a cache, a canary release and a domain name of CloudFront',
    options: { allowInert: true },
    output: 'Url',
    warnings: [
      'The stage live of releases: caching is not simulated: every request reaches its integration; on AWS the response may come from the cache.',
      "The stage live of releases: the canary release is not simulated: the stage's deployment serves all requests.",
      'The stage live of releases: PUT / returns 500, as on AWS, since Integration.IntegrationHttpMethod is PUT, but Lambda integrations require POST. Write POST.',
    ],
    exchanges: [
      { request: 'GET ', status: 200, body: { color: 'blue' } },
      { request: 'PUT ', status: 500, body: { message: 'Internal server error' } },
      { request: 'GET ', status: 200, body: { color: 'blue' } },
      { request: 'GET ', status: 429, body: { message: 'Too Many Requests' } },
    ],
  },
  {
    file: 'released.yaml',
    style: 'a stage whose name is generated',
    options: { allowInert: true },
    output: 'Other',
    exchanges: [{ request: 'GET ', status: 200, body: { color: 'red' } }],
  },
  {
    file: 'openapi-body.yaml',
    style: 'an API that is described by OpenAPI 3.0',
    output: 'Url',
    exchanges: [
      { request: 'GET ?kind=dog', status: 200, body: { resource: '/pets', httpMethod: 'GET', pathParameters: null } },
      { request: 'GET ', status: 400, body: { message: 'Missing required request parameters: [kind]' } },
      {
        request: 'POST ',
        sent: { body: '{"name":"Rex","example":true}', headers: json },
        status: 200,
        body: { resource: '/pets', httpMethod: 'POST', pathParameters: null },
      },
      {
        request: 'POST ',
        sent: { body: '{"name":""}', headers: json },
        status: 422,
        headers: { 'access-control-allow-origin': '*' },
        body: { error: 'Invalid request body' },
      },
      { request: 'DELETE ', status: 403, body: { message: 'Forbidden' } },
      { request: 'OPTIONS ', status: 204, headers: { 'access-control-allow-origin': '*' }, body: '' },
      {
        request: 'PUT /7/a/b',
        status: 200,
        body: {
          resource: '/pets/{id}/{proxy+}',
          httpMethod: 'PUT',
          pathParameters: { id: '7', proxy: 'a/b' },
          operation: 'anything',
        },
      },
      { request: 'GET /7', status: 403, body: { message: 'Missing Authentication Token' } },
    ],
  },
  {
    file: 'swagger.json',
    style: 'an API that is described by Swagger 2.0, with DynamoDB behind it',
    output: 'Url',
    exchanges: [
      { request: 'PUT /1', sent: { body: '{"text":"a"}', headers: json }, status: 200, body: { stored: true } },
      {
        request: 'PUT /1',
        sent: { body: '{"note":"a"}', headers: json },
        status: 400,
        body: { message: 'Invalid request body' },
      },
      { request: 'GET /1', status: 403, body: { message: 'Missing Authentication Token' } },
    ],
  },
  {
    file: 'python-inline.yaml',
    style: 'inline code in Python',
    options: { python },
    whyNot,
    output: 'Url',
    exchanges: [
      { request: 'GET ', status: 200, body: visits('/', 1) },
      { request: 'GET ?page=/about', status: 200, body: visits('/about', 1) },
      { request: 'GET ', status: 200, body: visits('/', 2) },
    ],
  },
];

export const rejected: readonly Rejected[] = [
  {
    file: 'sam.yaml',
    what: 'a template of the Serverless Application Model',
    code: 'INVALID_TEMPLATE',
    message: /^line 2: Transform is "AWS::Serverless-2016-10-31"; .*remove any other/,
  },
  {
    file: 'http-api.json',
    what: 'an HTTP API',
    code: 'UNSUPPORTED_RESOURCE',
    message: /^HttpApi .*AWS::ApiGatewayV2::Api/,
  },
  {
    file: 'code-in-s3.yaml',
    what: 'code in a bucket',
    code: 'UNSUPPORTED_PROPERTY',
    message:
      /^Function \(AWS::Lambda::Function\): property Code is in S3, .*; name the folder that has the code, unpacked, with --code Function=FOLDER/,
  },
];

function visits(page: string, count: number): object {
  return { page, visits: count, function: expect.stringMatching(/^foreign-VisitorsFunction-/) };
}
