import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { functionUri, stackStarter, template } from './support.ts';

const start = stackStarter();

const code = {
  ZipFile: `exports.handler = async (event, { invokedFunctionArn }) => ({
  statusCode: 200, body: invokedFunctionArn.replace(/^.*:function:/, '') });`,
};
const arn = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function`;
const permission = (functionName: JsonObject | string): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: functionName,
    Principal: 'apigateway.amazonaws.com',
  },
});
const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } };
const alias = {
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: { Ref: 'Function' }, FunctionVersion: { 'Fn::GetAtt': 'Version.Version' }, Name: 'live' },
};

describe('stage variables in the URI', () => {
  const named = (variables: JsonObject): string =>
    template({
      function: { FunctionName: 'greeter', Code: code },
      integration: { Uri: functionUri(`${arn}:\${!stageVariables.fn}`) },
      stage: { Variables: variables },
    });

  it('name the function', async () => {
    const records: (string | undefined)[] = [];
    const { url } = await start(named({ fn: 'greeter' }), { onRequest: (record) => records.push(record.functionName) });
    expect(await (await fetch(url)).text()).toBe('greeter');
    expect(records).toEqual(['greeter']);
  });

  it.each([
    [{ fn: 'nobody' }, /the function does not exist: nobody/],
    [{}, /Invalid function ARN or invalid uri: .*:function:\/invocations/],
  ])('that name none are a 500: %j', async (variables, reason) => {
    const reasons: (string | undefined)[] = [];
    const { url } = await start(named(variables), { onRequest: (record) => reasons.push(record.reason) });
    expect((await fetch(url)).status).toBe(500);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });
});

describe('an alias', () => {
  const withAlias = (functionName: JsonObject): string =>
    template({
      function: { FunctionName: 'greeter', Code: code },
      integration: { Uri: functionUri(`${arn}:greeter:\${!stageVariables.stage}`) },
      stage: { Variables: { stage: 'live' } },
      resources: { Version: version, Alias: alias, Permission: permission(functionName) },
    });

  it('is invoked with its own permission', async () => {
    const { url } = await start(withAlias({ Ref: 'Alias' }));
    expect(await (await fetch(url)).text()).toBe('greeter:live');
  });

  it('is not opened by the permission of its function', async () => {
    const reasons: (string | undefined)[] = [];
    const { url } = await start(withAlias({ Ref: 'Function' }), { onRequest: (record) => reasons.push(record.reason) });
    expect((await fetch(url)).status).toBe(500);
    expect(reasons).toEqual([expect.stringContaining('to call lambda:InvokeFunction on greeter:live')]);
  });
});

it('invokes a version by its Ref', async () => {
  const { url } = await start(
    template({
      function: { FunctionName: 'greeter', Code: code },
      integration: { Uri: functionUri(`\${Version}`) },
      resources: { Version: version, Permission: permission({ Ref: 'Version' }) },
    }),
  );
  expect(await (await fetch(url)).text()).toBe('greeter:1');
});

it.each<[JsonObject, RegExp]>([
  [{ Version: version, Again: version }, /A version for this Lambda function exists \(1\)/],
  [{ Alias: { ...alias, Properties: { ...alias.Properties, FunctionVersion: '3' } } }, /Function not found: .*:3/],
  [
    { Permission: permission({ 'Fn::Sub': `\${Function}:live` }) },
    /the function, version or alias does not exist in the stack/,
  ],
])('rejects as Lambda does: %#', async (resources, message) => {
  await expect(start(template({ resources }))).rejects.toThrow(message);
});
