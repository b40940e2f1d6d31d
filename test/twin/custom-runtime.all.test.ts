import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';

const template = (runtime: string, code: string): string => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Function:
    Type: AWS::Lambda::Function
    Properties: { Runtime: ${runtime}, Handler: greet, Role: !GetAtt Role.Arn, Code: ${code} }
  Permission:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Function, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com }
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: custom } }
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Function.Arn}/invocations'
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: Method
    Properties: { RestApiId: !Ref Api, StageName: v1 }
`;

/** A program that speaks to the Runtime API by HTTP alone, as those in other languages do. */
const bootstrap = `#!${process.execPath}
const runtime = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
for (;;) {
  const next = await fetch(runtime + 'next');
  const { path } = await next.json();
  const body = process.env._HANDLER + ' ' + path + ' in ' + process.cwd().split('/').at(-1);
  const id = next.headers.get('Lambda-Runtime-Aws-Request-Id');
  await fetch(runtime + id + '/response', { method: 'POST', body: JSON.stringify({ statusCode: 200, body }) });
}
`;

describe.runIf(process.platform !== 'win32')('a custom runtime', () => {
  let folder = '';
  const stacks: Stack[] = [];
  const run = async (runtime: string, code: string, templateFolder = folder): Promise<Stack> => {
    const stack = await start(template(runtime, code), { templateFolder });
    stacks.push(stack);
    return stack;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'custom-'));
    await writeFile(join(folder, 'bootstrap.mjs'), bootstrap);
    await writeFile(join(folder, 'bootstrap'), `#!/bin/sh\nexec ${process.execPath} bootstrap.mjs\n`);
    await chmod(join(folder, 'bootstrap'), 0o755);
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.stop();
    await rm(folder, { recursive: true });
  });

  it('is the program bootstrap in the folder of the code', async () => {
    const stack = await run('provided.al2023', '.');
    expect(await stack.checkCode()).toEqual([]);
    const response = await fetch(`${stack.stages[0]?.url}`);
    expect([response.status, await response.text()]).toEqual([200, `greet / in ${folder.split('/').at(-1)}`]);
  });

  it('without that program fails at each request, and the check of the code says so', async () => {
    const stack = await run('provided.al2', '.', import.meta.dirname);
    expect(await stack.checkCode()).toEqual([
      expect.stringMatching(/there is no executable file \S+bootstrap, which provided\.al2 starts/),
    ]);
    expect((await fetch(`${stack.stages[0]?.url}`)).status).toBe(502);
  });

  it('takes no inline code', async () => {
    await expect(start(template('provided.al2023', "{ ZipFile: 'exit 1' }"))).rejects.toThrow(
      'Code is inline, which Lambda takes for Node.js and Python only, and Runtime is provided.al2023',
    );
  });
});

it('a runtime that has ended is rejected before anything starts, with the one that replaces it', async () => {
  await expect(start(template('nodejs8.10', "{ ZipFile: '' }"))).rejects.toThrow(
    'property Runtime is nodejs8.10, with which Lambda creates no functions since 2020-02-04; use nodejs24.x',
  );
});
