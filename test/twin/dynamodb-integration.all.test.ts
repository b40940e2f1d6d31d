import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { stackIdentity } from '../../src/cloudformation/stack-identity.ts';
import { compileDynamoDbBackEnd } from '../../src/twin/gateway/dynamodb-back-end.ts';
import type { RequestRecord } from '../../src/twin/gateway/record.ts';
import type { EventSource } from '../../src/twin/gateway/request-to-event.ts';
import { createIam } from '../../src/twin/iam/index.ts';
import { type Stack, start } from '../../src/twin/index.ts';

const text = readFileSync(new URL('foreign/dynamodb-integration.yaml', import.meta.url), 'utf8');
const edited = (from: string | RegExp, to: string): string => {
  const result = text.replace(from, to);
  expect(result).not.toBe(text);
  return result;
};

describe('an integration with DynamoDB', () => {
  let stack: Stack | undefined;
  afterEach(() => stack?.stop());

  it.each([
    [
      'no role',
      / {8}Credentials: .*\n/,
      '',
      /PUT \/\{id\}: property Integration.Credentials is missing. Name the role with which API Gateway calls/,
    ],
    [
      'another verb',
      'IntegrationHttpMethod: POST',
      'IntegrationHttpMethod: PUT',
      /IntegrationHttpMethod is PUT, but DynamoDB is called/,
    ],
    [
      'another region',
      '${AWS::Region}:dynamodb',
      'eu-west-3:dynamodb',
      /calls DynamoDB in eu-west-3, and the stack is in us-east-1/,
    ],
    [
      'a mapped header',
      'Type: AWS\n',
      'Type: AWS\n        RequestParameters: { integration.request.header.X: "\'1\'" }\n',
      /maps integration.request.header.X, which the twin does not support for DynamoDB/,
    ],
  ])('is rejected with %s', async (_what, from, to, message) => {
    await expect(start(edited(from, to))).rejects.toThrow(message);
  });

  it('fails if its role does not trust API Gateway, and tells the time of the call else', async () => {
    const records: RequestRecord[] = [];
    const onRequest = (record: RequestRecord): void => void records.push(record);
    stack = await start(edited('apigateway.amazonaws.com}', 'lambda.amazonaws.com}'), { onRequest });
    const url = `${stack.stages[0]?.url}/1`;
    expect((await fetch(url)).status).toBe(500);
    expect(records[0]?.reason).toContain('does not have permission to assume the provided role');
    await stack.stop();
    stack = await start(text, { onRequest });
    expect((await fetch(`${stack.stages[0]?.url}/1`)).status).toBe(200);
    expect(records[1]?.parts).toEqual({ gateway: expect.any(Number), dynamoDb: expect.any(Number) });
  });
});

describe('a call of DynamoDB', () => {
  const stack = stackIdentity({});
  const ask = async (port: number, timeoutInMillis: number): Promise<unknown> => {
    const iam = createIam();
    const arn = `arn:aws:iam::${stack.accountId}:role/r`;
    const trust = {
      Statement: { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
    };
    const policies = { inlinePolicies: new Map(), managedPolicyArns: new Set<string>() };
    iam.roles.set(arn, { arn, roleName: 'r', roleId: 'AROA', assumeRolePolicyDocument: trust, ...policies } as never);
    const integration = { uri: `arn:aws:apigateway:${stack.region}:dynamodb:action/GetItem`, credentials: arn };
    const backEnd = compileDynamoDbBackEnd(
      'GetItem',
      { ...integration, integrationHttpMethod: 'POST', requestParameters: {}, timeoutInMillis } as never,
      { stack, iam, dynamodb: { endpoint: `http://127.0.0.1:${port}` }, calls: new Map() },
    );
    return backEnd({ context: {} } as EventSource, '{}');
  };

  it('that gets no response is a timeout, and one whose connection breaks a failure', async () => {
    const server = createServer((socket) => void (mode === 'break' && socket.destroy()));
    let mode = 'wait';
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      expect(await ask(port, 50)).toMatchObject({ responseType: 'INTEGRATION_TIMEOUT' });
      mode = 'break';
      expect(await ask(port, 10_000)).toMatchObject({
        responseType: 'INTEGRATION_FAILURE',
        reason: expect.stringMatching(/^Execution failed: DynamoDB has not responded: /),
      });
    } finally {
      server.close();
    }
  });
});
