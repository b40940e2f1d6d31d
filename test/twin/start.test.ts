import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { signedCall } from '../../src/tables/signed-call.ts';
import { type Stack, type StartOptions, start } from '../../src/twin/index.ts';

const template = readFileSync(new URL('fixture.yaml', import.meta.url), 'utf8');
const stacks: Stack[] = [];

const run = async (options: StartOptions = {}, text = template): Promise<Stack> => {
  const stack = await start(text, options);
  stacks.push(stack);
  return stack;
};

const output = (stack: Stack, key: string): string => stack.outputs.find((one) => one.key === key)?.value ?? '';
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.stop())));

describe('start', () => {
  it('serves the template at the invoke URL of its outputs', async () => {
    const requests: { status: number; functionName?: string }[] = [];
    const lines: string[] = [];
    const stack = await run({
      parameters: { Greeting: 'salve' },
      region: 'eu-west-1',
      stackName: 'greeter',
      onRequest: (record) => requests.push(record),
      onLog: ({ group, message }) => lines.push(`${group} ${message}`),
    });
    expect(stack.outputs).toEqual([
      { key: 'ApiInvokeUrl', value: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/dev$/), description: 'Base URL' },
      { key: 'Zone', value: 'eu-west-1a' },
    ]);
    const response = await fetch(`${output(stack, 'ApiInvokeUrl')}/items`);
    expect(await response.json()).toMatchObject({ greeting: 'salve', table: expect.stringMatching(/^greeter-Table-/) });
    await stack.stop();
    expect(requests).toMatchObject([{ status: 200, functionName: expect.stringMatching(/^greeter-Function-/) }]);
    expect(lines).toContainEqual(expect.stringMatching(/^\/greeter .*WARN.*greeting/s));
  });

  it('makes an API key that opens the API', async () => {
    const stack = await run({ parameters: { WithKey: 'true' } });
    const url = `${output(stack, 'ApiInvokeUrl')}/items`;
    expect(output(stack, 'KeyId')).toMatch(/^[a-z0-9]{10}$/);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { 'x-api-key': stack.apiKey ?? '' } })).status).toBe(200);
  });

  it('leaves no process and no socket, however often it is stopped', async () => {
    const stack = await run();
    const url = `${output(stack, 'ApiInvokeUrl')}/items`;
    const { pid } = (await (await fetch(url)).json()) as { pid: number };
    expect(isAlive(pid)).toBe(true);
    await Promise.all([stack.stop(), stack.stop()]);
    await stack.stop();
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('gives a stack the same ids at every start', async () => {
    const url = /https:\/\/[a-z0-9]+/;
    const text = template.replace("Value: !Select [0, !GetAZs '']", 'Value: !Join ["", ["https", "://", !Ref Api]]');
    const ids = [await run({}, text), await run({}, text)].map((stack) => output(stack, 'Zone'));
    expect(ids[0]).toMatch(url);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('keys for the tables', () => {
  it('may read only, or do everything', async () => {
    const stack = await run();
    const status = async (access: 'read' | 'full', operation: string): Promise<number> => {
      const { endpoint, ...key } = stack.dynamoDb(access);
      const call = signedCall({ endpoint, ...key }, new AbortController().signal);
      const tables = await call('ListTables', {});
      const [TableName] = tables.output.TableNames as string[];
      const { ok, output } = await call(operation, { TableName, Item: { id: { S: 'a' } }, Key: { id: { S: 'a' } } });
      return ok ? 200 : String(output.__type).endsWith('AccessDeniedException') ? 403 : 400;
    };
    expect(await status('read', 'GetItem')).toBe(200);
    expect(await status('read', 'Scan')).toBe(200);
    for (const operation of ['PutItem', 'DeleteItem', 'DeleteTable']) expect(await status('read', operation)).toBe(403);
    expect(await status('full', 'PutItem')).toBe(200);
    const { accessKeyId } = stack.dynamoDb('full');
    expect(stack.dynamoDb('full').accessKeyId).not.toBe(accessKeyId);
  });
});

describe('a start that is given up', () => {
  it('ends with the reason of the signal, before and while it waits for the database', async () => {
    const reason = new Error('enough');
    await expect(run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const server = createServer(() => controller.abort(reason));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const dynamoDbEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(run({ signal: controller.signal, dynamoDbEndpoint })).rejects.toBe(reason);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('what cannot start', () => {
  it.each<[StartOptions, string, string]>([
    [
      { parameters: { Greeting: 'HELLO' } },
      'INVALID_PARAMETER',
      'parameter Greeting: "HELLO" does not match the pattern [a-z]+',
    ],
    [{ parameters: { Greeting: 'secret' } }, 'RULE_VIOLATED', 'rule NoSecrets: the greeting must not be secret'],
  ])('%j', async (options, code, message) => {
    await expect(run(options)).rejects.toMatchObject({ code, message });
  });

  it('names a taken port, and what had started is stopped', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const running = () => process.getActiveResourcesInfo().filter((name) => /Server|Process/.test(name));
    const before = running();
    await expect(run({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`${port}.*--port`)),
    });
    expect(running().length).toBeLessThanOrEqual(before.length);
    await new Promise((resolve) => server.close(resolve));
  });

  it('warns of an API without a stage, which denies every request', async () => {
    const text = template.replace(/ {2}Stage:\n.*\n.*\n/, '').replace('DependsOn: Stage', 'DependsOn: Deployment');
    const { warnings } = await run({}, text);
    const [, url = ''] = /^\S+ has no stage: every request to (\S+) returns 403/m.exec(warnings.join('\n')) ?? [];
    const response = await fetch(`${url}/dev/items`);
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
    const ofDeployment = text.replace(
      'Properties: { RestApiId: !Ref Api }',
      'Properties: { RestApiId: !Ref Api, StageName: dev }',
    );
    const stack = await run({}, ofDeployment);
    expect((await fetch(`${output(stack, 'ApiInvokeUrl')}/items`)).status).toBe(200);
  });

  it('names a property that the twin does not support', async () => {
    const text = template.replace('Handler: index.handler', 'Handler: index.handler\n      Layers: [x]\n      SnapStart: y');
    await expect(run({}, text)).rejects.toMatchObject({
      code: 'UNSUPPORTED_PROPERTY',
      message: expect.stringMatching(
        /^Function \(AWS::Lambda::Function\): property Layers is not supported by the local twin.*\n.*property SnapStart is not/,
      ),
    });
  });
});
