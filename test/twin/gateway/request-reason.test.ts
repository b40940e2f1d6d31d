import { afterEach, describe, expect, it } from 'vitest';
import { apiGatewayApiKey } from '../../../src/twin/resources/apigateway/api-key.ts';
import { apiGatewayModel } from '../../../src/twin/resources/apigateway/model.ts';
import { apiGatewayRequestValidator } from '../../../src/twin/resources/apigateway/request-validator.ts';
import { apiGatewayUsagePlan } from '../../../src/twin/resources/apigateway/usage-plan.ts';
import { apiGatewayUsagePlanKey } from '../../../src/twin/resources/apigateway/usage-plan-key.ts';
import { createTestStack, type Invoke, output, type TestStack } from './stack.ts';

const stacks: TestStack[] = [];
afterEach(() => Promise.all(stacks.splice(0).map(({ gateway }) => gateway.stop())));

const stackOf = (invoke?: Invoke): TestStack => {
  const stack = createTestStack(invoke);
  stacks.push(stack);
  return stack;
};

/** The reason in the record of the last request. */
const reasonOf = async ({ requests }: TestStack, ...request: Parameters<typeof fetch>): Promise<string | undefined> => {
  await (await fetch(...request)).arrayBuffer();
  return requests.at(-1)?.reason;
};

describe('the reason of a request', () => {
  it('names the methods or paths that there are', async () => {
    const stack = stackOf();
    const url = await stack.serve();
    expect(await reasonOf(stack, `${url}/v1/things/lamp`, { method: 'PATCH' })).toBe(
      'no method PATCH on /things/{id}, which has GET, POST',
    );
    expect(await reasonOf(stack, `${url}/v1/nothing`)).toBe('no resource /nothing; the API has /things, /things/{id}');
    expect(await reasonOf(stack, `${url}/dev/things`)).toBe('no stage dev: the first part of a path is a stage, here v1');
    expect(await reasonOf(stack, url)).toBe('no stage in the path: the first part of a path is a stage, here v1');
  });

  it('names the limit of the service that a request is over', async () => {
    const stack = stackOf();
    const url = await stack.serve();
    expect(await reasonOf(stack, `${url}/v1/things?${'x'.repeat(11_000)}`)).toBe('Request URI too long');
  });

  it('says what the validation of a body and of parameters found', async () => {
    const stack = stackOf();
    const url = await stack.serve({ RequestParameters: { 'method.request.querystring.q': true } }, async (RestApiId) => {
      const Schema = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' };
      const { ref } = await stack.start(apiGatewayModel, { RestApiId, ContentType: 'application/json', Name: 'M', Schema });
      const flags = { ValidateRequestBody: true, ValidateRequestParameters: true };
      const validator = await stack.start(apiGatewayRequestValidator, { RestApiId, Name: 'V', ...flags });
      return { RequestModels: { 'application/json': ref }, RequestValidatorId: validator.ref };
    });
    expect(await reasonOf(stack, `${url}/v1/things`)).toBe('Missing required request parameters: [q]');
    expect(
      await reasonOf(stack, `${url}/v1/things?q=1`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '[]',
      }),
    ).toMatch(/^Invalid request body: .*array/);
  });

  it('says what is wrong with credentials and keys', async () => {
    const signed = stackOf();
    const url = await signed.serve({ AuthorizationType: 'AWS_IAM' });
    expect(await reasonOf(signed, `${url}/v1/things`)).toBe(
      'the request is not signed; AuthorizationType AWS_IAM requires a signature',
    );

    const keyed = stackOf();
    const open = await keyed.serve({ ApiKeyRequired: true });
    const key = await keyed.start(apiGatewayApiKey, { Enabled: true, Value: 'v'.repeat(20) });
    const off = await keyed.start(apiGatewayApiKey, { Value: 'o'.repeat(20) });
    const withKey = (value: string) => ({ headers: { 'x-api-key': value } });
    expect(await reasonOf(keyed, `${open}/v1/things`)).toBe(
      'the request has no x-api-key header, which the method requires',
    );
    expect(await reasonOf(keyed, `${open}/v1/things`, withKey('other'))).toBe(
      'the x-api-key header contains no API key of the stack',
    );
    expect(await reasonOf(keyed, `${open}/v1/things`, withKey('v'.repeat(20)))).toBe(
      `no usage plan admits the API key ${key.ref} to the stage v1`,
    );
    expect(await reasonOf(keyed, `${open}/v1/things`, withKey('o'.repeat(20)))).toMatch(
      `the API key ${off.ref} is disabled`,
    );
  });

  it('names the limit that throttles', async () => {
    const stack = stackOf();
    let apiId = '';
    const url = await stack.serve(
      { ApiKeyRequired: true },
      async (id) => {
        apiId = id;
        return {};
      },
      { MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 }] },
    );
    const key = await stack.start(apiGatewayApiKey, { Enabled: true, Value: 'v'.repeat(20) });
    const plan = await stack.start(apiGatewayUsagePlan, {
      ApiStages: [{ ApiId: apiId, Stage: 'v1' }],
      Quota: { Limit: 2, Period: 'DAY' },
    });
    await stack.start(apiGatewayUsagePlanKey, { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: plan.ref });
    const send = () => reasonOf(stack, `${url}/v1/things`, { headers: { 'x-api-key': 'v'.repeat(20) } });
    expect(await send()).toBeUndefined();
    expect(await send()).toBe("over the stage's limit of GET /things: 0.001 requests per second, burst 1");
    expect(await send()).toBe(`the usage plan ${plan.ref} allows each key 2 requests a DAY`);
  });

  it('is what the response of a function says, or its failed calls of DynamoDB', async () => {
    const problem = { title: 'Not found', detail: 'There is no lamp.' };
    const outputs = [
      output({ statusCode: 404, body: JSON.stringify(problem) }),
      output({ statusCode: 500, body: JSON.stringify(problem) }),
      output({ statusCode: 400, body: '{"message":"no"}' }),
      output({ statusCode: 400, body: 'no' }),
      output({ statusCode: 200, body: '{"message":"yes"}' }),
      {
        ...output({ statusCode: 500, body: JSON.stringify(problem) }),
        invocation: {
          initDuration: 0,
          calls: [{ action: 'GetItem', time: { begun: 0, ended: 0 }, error: 'E', cause: 'c' }],
        },
      },
      output('no object'),
    ];
    const stack = stackOf(() => outputs.shift() ?? output({}));
    const url = await stack.serve();
    const reasons = [];
    for (let index = 0; index < 7; index++) reasons.push(await reasonOf(stack, `${url}/v1/things`));
    expect(reasons).toEqual([
      'There is no lamp.',
      'Not found',
      'no',
      undefined,
      undefined,
      'DynamoDB GetItem: E: c',
      'Execution failed due to configuration error: Malformed Lambda proxy response: it is not an object',
    ]);
    expect(stack.requests.at(-2)?.parts).toMatchObject({ coldStart: 0, dynamoDb: 0 });
    expect(stack.requests[0]?.parts).not.toHaveProperty('dynamoDb');
  });
});
