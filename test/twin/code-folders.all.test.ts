import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Stack, type StartOptions, start } from '../../src/twin/index.ts';
import { python, whyNot } from '../functions/python/python.ts';

const root = mkdtempSync(join(tmpdir(), 'items-code-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A new folder with these files. */
const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(root, 'folder-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

/** A stack of one function, whose properties are these. */
const template = (properties: string): string => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']
  App:
    Type: AWS::Lambda::Function
    Properties: { Timeout: 20, MemorySize: 512, Role: !GetAtt Role.Arn, ${properties} }
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: app } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${App.Arn}/invocations'
  Permission:
    Type: AWS::Lambda::Permission
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: !Ref App, Principal: apigateway.amazonaws.com }
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: Get, Properties: { RestApiId: !Ref Api, StageName: v1 } }
Outputs:
  Url: { Value: !Sub 'https://\${Api}.execute-api.\${AWS::Region}.amazonaws.com/v1' }
`;
const inS3 = 'Code: { S3Bucket: artifacts, S3Key: app.zip }';

const stacks: Stack[] = [];
afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.stop())));

const run = async (properties: string, options: StartOptions): Promise<Stack> => {
  const stack = await start(template(properties), { python, ...options });
  stacks.push(stack);
  return stack;
};

const get = async ({ outputs }: Stack): Promise<unknown> => {
  const response = await fetch(outputs[0]?.value ?? '');
  return [response.status, await response.text()];
};

const commonJs = "const { text } = require('./lib/text'); exports.handler = async () => ({ statusCode: 200, body: text });";
const module =
  "import { text } from './lib/text.mjs'; export const handler = async () => ({ statusCode: 200, body: text });";
const lib = { 'lib/text.js': "exports.text = 'CommonJS';", 'lib/text.mjs': "export const text = 'module';" };

describe('code in a folder', () => {
  it.each<[string, string, string, Record<string, string>]>([
    ['a .js file', 'index.handler', 'CommonJS', { 'index.js': commonJs, ...lib }],
    ['a .cjs file', 'index.handler', 'CommonJS', { 'index.cjs': commonJs, ...lib }],
    ['a file in a folder', 'src/app.handler', 'CommonJS', { 'src/app.js': commonJs.replace('./', '../'), ...lib }],
    ['a .mjs file', 'index.handler', 'module', { 'index.mjs': module, ...lib }],
    ['a package of modules', 'index.handler', 'module', { 'index.js': module, 'package.json': '{"type":"module"}', ...lib }],
    [
      'a package of its own',
      'index.handler',
      'of the package',
      {
        'index.js': "exports.handler = async () => ({ statusCode: 200, body: require('own') });",
        'node_modules/own/index.js': "module.exports = 'of the package';",
      },
    ],
  ])('is found from its Handler, on each runtime: %s', async (_name, handler, body, files) => {
    const folder = folderOf(files);
    for (const runtime of ['nodejs24.x', 'nodejs20.x']) {
      const stack = await run(`Runtime: ${runtime}, Handler: ${handler}, ${inS3}`, { code: { App: folder } });
      expect(await get(stack)).toEqual([200, body]);
    }
  });

  it('is found beside the template, and is still there after the stack', async () => {
    const templateFolder = folderOf({ 'app/index.js': commonJs, 'app/lib/text.js': lib['lib/text.js'] });
    const properties = 'Runtime: nodejs24.x, Handler: index.handler, Code: ./app';
    const stack = await run(properties, { templateFolder });
    expect(await get(stack)).toEqual([200, 'CommonJS']);
    await stack.stop();
    expect(await get(await run(properties, { templateFolder }))).toEqual([200, 'CommonJS']);
  });

  it.skipIf(whyNot !== undefined)('may be in Python, with packages', async () => {
    const app = "from own.text import TEXT\ndef handler(event, context):\n  return {'statusCode': 200, 'body': TEXT}\n";
    const folder = folderOf({ 'src/app.py': app, 'own/__init__.py': '', 'own/text.py': "TEXT = 'Python'\n" });
    const stack = await run(`Runtime: python3.13, Handler: src/app.handler, ${inS3}`, { code: { App: folder } });
    expect(await get(stack)).toEqual([200, 'Python']);
  });

  it('loads the SDK from beside the template', async () => {
    const index =
      "import { DynamoDB } from '@aws-sdk/client-dynamodb'; export const handler = async () => ({ statusCode: 200, body: typeof DynamoDB });";
    const options = { code: { App: folderOf({ 'index.mjs': index }) }, templateFolder: process.cwd() };
    expect(await get(await run(`Runtime: nodejs22.x, Handler: index.handler, ${inS3}`, options))).toEqual([200, 'function']);
  });
});

describe('modules that are missing', () => {
  it('are named with their file, of those that the handler loads by path, and not where they are installed', async () => {
    const folder = folderOf({
      'src/app.js': "const own = require('own');\nrequire('../lib/text');\nrequire('./none');\nexports.handler = 1;",
      'lib/text.js': "require('left-pad');\nrequire('../data.json');",
      'lib/unused.js': "require('unused');",
      'data.json': '{}',
      'node_modules/own/index.js': "require('of-own');",
    });
    const stack = await run(`Runtime: nodejs24.x, Handler: src/app.handler, ${inS3}`, { code: { App: folder } });
    const lines = (await stack.checkCode()).map((line) => line.replaceAll(/\\\\?/g, '/'));
    expect(lines).toEqual([
      expect.stringMatching(
        /line 3 of src\/app\.js, .*, imports \.\/none, which does not exist; create the file, or correct its name\.$/,
      ),
      expect.stringMatching(
        /line 1 of lib\/text\.js, .*, imports left-pad, which is not installed; install it with "npm install left-pad" in .*folder-\w+\.$/,
      ),
    ]);
  });

  it.skipIf(whyNot !== undefined)('are named in Python, too', async () => {
    const folder = folderOf({ 'app.py': 'import own\nimport numpy\ndef handler(event, context): pass\n', 'own.py': '' });
    const stack = await run(`Runtime: python3.13, Handler: app.handler, ${inS3}`, { code: { App: folder } });
    expect(await stack.checkCode()).toEqual([
      expect.stringMatching(
        /line 2 of app\.py, "import numpy", imports numpy, which is not installed; install it with "pip install --target /,
      ),
    ]);
  });
});

describe('is rejected at start', () => {
  const rejected = async (code: string, options: StartOptions, message: RegExp): Promise<void> => {
    const properties = `Runtime: nodejs24.x, Handler: index.handler, ${code}`;
    await expect(start(template(properties), options)).rejects.toMatchObject({
      name: 'LocalError',
      message: expect.stringMatching(message),
    });
  };

  it.each<[string, string, StartOptions, RegExp]>([
    [
      'code in S3 without a folder',
      inS3,
      {},
      /^App \(AWS::Lambda::Function\): property Code is in S3, .*; name the folder that has the code, unpacked, with --code App=FOLDER/,
    ],
    ['a path to S3', 'Code: s3://artifacts/app.zip', {}, /property Code is in S3/],
    [
      'a bucket without a key',
      'Code: { S3Bucket: artifacts }',
      {},
      /property Code must have ZipFile, or S3Bucket and S3Key/,
    ],
    ['inline code that has a key, too', "Code: { ZipFile: 'x', S3Key: app.zip }", {}, /property Code must have ZipFile, or/],
    [
      'a folder of a function with inline code',
      "Code: { ZipFile: 'x' }",
      { code: { App: root } },
      /property Code is inline, but --code App=.* names a folder/,
    ],
    [
      'a folder that is not there',
      'Code: ./none',
      { templateFolder: root },
      /property Code is \.\/none: there is no folder .*none; name the folder/,
    ],
    [
      'a name that no function has',
      "Code: { ZipFile: 'x' }",
      { code: { Ap: root } },
      /^--code Ap: the template has no function of that name; did you mean App\?/,
    ],
    [
      'a folder of packages that is not there',
      "Code: { ZipFile: 'x' }",
      { nodeModules: join(root, 'none') },
      /^--node-modules .*none: the folder does not exist/,
    ],
  ])('%s', (_name, code, options, message) => rejected(code, options, message));

  it('an archive', async () => {
    const archive = join(folderOf({ 'app.zip': 'PK' }), 'app.zip');
    await rejected(inS3, { code: { App: archive } }, /app\.zip is a file; unpack the archive, and name the folder$/);
  });
});
