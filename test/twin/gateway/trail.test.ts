import { afterEach, describe, expect, it } from 'vitest';
import type { ObservedRequest } from '../../../src/twin/gateway/observed.ts';
import { apiGatewayModel } from '../../../src/twin/resources/apigateway/model.ts';
import { apiGatewayRequestValidator } from '../../../src/twin/resources/apigateway/request-validator.ts';
import { createTestStack, type Invoke, output, type TestStack } from './stack.ts';

const stacks: TestStack[] = [];
afterEach(() => Promise.all(stacks.splice(0).map(({ gateway }) => gateway.stop())));

/** A stack whose requests are observed. */
const observing = (invoke?: Invoke) => {
  const seen: ObservedRequest[] = [];
  const observer = { isObserved: true, request: (request: ObservedRequest) => void seen.push(request) };
  const stack = createTestStack(invoke, { observer });
  stacks.push(stack);
  const trail = (): string[] => (seen.at(-1)?.trail ?? []).map(({ name, outcome, text }) => `${outcome} ${name}: ${text}`);
  return { ...stack, seen, trail };
};

describe('the decisions on a request', () => {
  it('are those that let it pass', async () => {
    const { serve, trail, seen } = observing(
      () =>
        ({
          ...output({ statusCode: 201 }),
          invocation: { requestId: 'i', environment: 3, allowedBy: 'P allows all', initDuration: 99.6, calls: [] },
        }) as ReturnType<Invoke>,
    );
    const url = await serve();
    await fetch(`${url}/v1/things/1?a=b`, { method: 'POST', body: 'text', headers: { 'Content-Type': 'text/plain' } });
    expect(trail()).toEqual([
      'passed Route: POST /things/{id} of the stage v1',
      'passed Authorization: NONE: no authorization',
      'passed Throttling: within the limits of the account',
      'passed Validation: no validation configured',
      'passed Invoke permission: P allows all',
      'passed Function: hello responds with 201 in environment 3, after a cold start of 100 ms',
      'passed Response: 201',
    ]);
    expect(seen[0]).toMatchObject({ url: `${url}/v1/things/1?a=b`, body: Buffer.from('text'), status: 201 });
    expect(seen[0]?.response.headers).toContainEqual(['x-amzn-RequestId', seen[0]?.requestId]);
  });

  it('end with the step that denies', async () => {
    const { serve, trail, seen } = observing();
    const url = await serve({ AuthorizationType: 'AWS_IAM' });
    await fetch(`${url}/v1/things`);
    expect(trail()).toEqual([
      'passed Route: GET /things of the stage v1',
      'denied Authorization: the request is not signed; AuthorizationType AWS_IAM requires a signature',
    ]);
    expect(seen[0]?.reason).toBe(seen[0]?.trail.at(-1)?.text);
    await fetch(`${url}/v1/nothing`);
    expect(trail()).toEqual(['denied Route: no resource /nothing; the API has /things, /things/{id}']);
    await fetch(`${url}/v1/things/${'a'.repeat(10_300)}`);
    expect(trail()).toEqual(['denied Limits: Request URI too long']);
    await fetch(`${url}/other`);
    expect(trail()).toEqual(['denied Route: no stage other: the first part of a path is a stage, here v1']);
  });

  it('are the API key and the limits', async () => {
    const { serve, trail } = observing();
    const url = await serve({ ApiKeyRequired: true });
    await fetch(`${url}/v1/things`);
    expect(trail().at(-1)).toBe('denied API key: the request has no x-api-key header, which the method requires');
    const limited = observing();
    const MethodSettings = [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 }];
    const other = await limited.serve({}, undefined, { MethodSettings });
    await fetch(`${other}/v1/things`);
    expect(limited.trail()).toContain('passed Throttling: within 1 requests per second, burst 1');
    await fetch(`${other}/v1/things`);
    expect(limited.trail().at(-1)).toBe(
      "denied Throttling: over the stage's limit of GET /things: 1 requests per second, burst 1",
    );
  });

  it('are what validation looks at', async () => {
    const { serve, start, trail } = observing();
    const url = await serve({ RequestParameters: { 'method.request.header.X-A': true } }, async (RestApiId) => {
      const model = await start(apiGatewayModel, {
        RestApiId,
        Name: 'Thing',
        ContentType: 'application/json',
        Schema: { type: 'object' },
      });
      const validator = await start(apiGatewayRequestValidator, {
        RestApiId,
        ValidateRequestBody: true,
        ValidateRequestParameters: true,
      });
      return { RequestModels: { 'application/json': model.ref }, RequestValidatorId: validator.ref };
    });
    const send = (body: string, headers: Record<string, string>) =>
      fetch(`${url}/v1/things`, { method: 'POST', body, headers });
    await send('{}', { 'Content-Type': 'application/json' });
    expect(trail().at(-1)).toBe('denied Validation: Missing required request parameters: [X-A]');
    await send('[]', { 'Content-Type': 'application/json', 'X-A': 'a' });
    expect(trail().at(-1)).toMatch(/^denied Validation: Invalid request body: \[instance type \(array\)/);
    await send('{}', { 'Content-Type': 'application/json', 'X-A': 'a' });
    expect(trail()).toContain('passed Validation: it has X-A; the model Thing accepts the body');
    await send('[]', { 'Content-Type': 'text/plain', 'X-A': 'a' });
    expect(trail()).toContain('passed Validation: it has X-A');
  });

  it('tell a permission that lacks from a function that fails', async () => {
    const denied = observing(() => ({ kind: 'rejected', error: 'AccessDeniedException' }));
    await fetch(`${await denied.serve()}/v1/things`);
    expect(denied.trail().at(-1)).toMatch(/^denied Invoke permission: .*add an AWS::Lambda::Permission that allows/);
    const busy = observing(() => ({ kind: 'rejected', error: 'TooManyRequestsException' }));
    await fetch(`${await busy.serve()}/v1/things`);
    expect(busy.trail().at(-1)).toBe('denied Function: Lambda invocation failed with status: 429, Rate Exceeded.');
    const faulty = observing(() => output('no response'));
    await fetch(`${await faulty.serve()}/v1/things`);
    expect(faulty.trail().slice(-2)).toEqual([
      'denied Function: Execution failed due to configuration error: Malformed Lambda proxy response: it is not an object',
      'failed Response: 502, the gateway response DEFAULT_5XX',
    ]);
  });

  it('are the calls of the function: by which path, by whose leave, with what result', async () => {
    const time = { begun: 1, ended: 3.5 };
    const calls = [
      { action: 'GetItem', time, facts: { via: ['the NAT gateway nat-1'], allowedBy: ['a', 'b'], table: 'things' } },
      { action: 'PutItem', time, error: 'AccessDeniedException', cause: 'statement 1 denies it' },
      { action: 'PutItem', error: 'no connection', cause: 'no route' },
      { service: 's3', action: 'PutObject', error: 'NotSimulated', cause: 'there is no S3' },
    ];
    const { serve, trail, seen } = observing(
      () => ({ ...output({ statusCode: 500 }), invocation: { calls } }) as ReturnType<Invoke>,
    );
    await fetch(`${await serve()}/v1/things`);
    expect(trail().slice(-8)).toEqual([
      'passed Network: over the NAT gateway nat-1',
      'passed IAM: allowed by a and b',
      'passed DynamoDB: GetItem on things',
      'passed Network: not in a VPC',
      'denied IAM: statement 1 denies it',
      'denied Network: no route',
      'denied Service: s3 PutObject: NotSimulated: there is no S3',
      expect.stringMatching(/^failed Response: 500: /),
    ]);
    expect(seen[0]?.trail.find(({ name }) => name === 'DynamoDB')?.duration).toBe(2.5);
  });

  it('are not put together while nobody observes', async () => {
    const told: ObservedRequest[] = [];
    const observer = { isObserved: false, request: (request: ObservedRequest) => void told.push(request) };
    const stack = createTestStack(undefined, { observer });
    stacks.push(stack);
    await fetch(`${await stack.serve()}/v1/things`);
    expect(stack.requests).toHaveLength(1);
    expect(told).toEqual([]);
  });
});
