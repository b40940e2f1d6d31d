import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findSdk, hasPackage } from '../../../src/twin/lambda/sdk.ts';
import { createFixture, type Fixture } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'items-sdk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixtures: Fixture[] = [];
afterEach(() => Promise.all(fixtures.splice(0).map(({ lambda }) => lambda.stop())));

/** What a function whose code is this body returns, with the SDK of this repository. */
const run = async (body: string, more: Parameters<Fixture['create']>[2] = {}) => {
  const fixture = createFixture({ sdk: { nodeModules: 'node_modules' } });
  fixtures.push(fixture);
  const arn = fixture.create('f', `exports.lambda_handler = async () => { ${body} };`, more);
  return fixture.invoke(arn);
};

describe('a function in Node.js', () => {
  it.each(['nodejs24.x', 'nodejs20.x'])('on %s loads the SDK with require and with import', async (runtime) => {
    const body =
      "const { DynamoDB } = require('@aws-sdk/client-dynamodb'); const same = await import('@aws-sdk/client-dynamodb'); return [typeof DynamoDB, typeof same.DynamoDB, typeof require('@smithy/core')]";
    expect(await run(body, { runtime })).toEqual({ value: ['function', 'function', 'object'] });
  });

  it('loads nothing else of the folder that has the SDK', async () => {
    expect(await run("/* @aws-sdk */ return require('ajv')")).toMatchObject({
      value: { errorType: 'Error', errorMessage: expect.stringContaining("Cannot find module 'ajv'") },
    });
    expect(await run("/* @aws-sdk */ return import('ajv')")).toMatchObject({
      value: { errorMessage: expect.stringContaining("Cannot find package 'ajv'") },
    });
  });

  it.each([
    ['S3 (XML)', 's3', 'client-s3', 'S3Client', 'GetObjectCommand', "{ Bucket: 'b', Key: 'k' }", 'GetObject'],
    ['EC2 (Query)', 'ec2', 'client-ec2', 'EC2Client', 'DescribeVpcsCommand', '{}', 'DescribeVpcs'],
    ['IAM (Query)', 'iam', 'client-iam', 'IAMClient', 'ListRolesCommand', '{}', 'ListRoles'],
    [
      'API Gateway (REST)',
      'apigateway',
      'client-api-gateway',
      'APIGatewayClient',
      'GetRestApisCommand',
      '{}',
      'GET /restapis',
    ],
    [
      'Logs (JSON)',
      'logs',
      'client-cloudwatch-logs',
      'CloudWatchLogsClient',
      'DescribeLogGroupsCommand',
      '{}',
      'DescribeLogGroups',
    ],
    [
      'CloudFormation',
      ...([
        'cloudformation',
        'client-cloudformation',
        'CloudFormationClient',
        'ListStacksCommand',
        '{}',
        'ListStacks',
      ] as const),
    ],
  ])(
    'gets the error of a service that the twin lacks at once: %s',
    async (_name, service, module, client, command, input, action) => {
      const result = await run(
        `const sdk = require('@aws-sdk/${module}'); return new sdk.${client}({}).send(new sdk.${command}(${input}))`,
      );
      expect(result.value).toMatchObject({
        errorType: 'NotSimulated',
        errorMessage: `${service} ${action} is not simulated by the local twin: only DynamoDB is simulated`,
      });
    },
  );
});

describe('the folders of the SDK', () => {
  it('are those of the template, of the current folder and of the twin, or the one that is named', () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'node_modules/@aws-sdk/client-x'), { recursive: true });
    mkdirSync(join(project, 'templates'));
    const { folders } = findSdk({ templateFolder: join(project, 'templates') });
    expect(folders).toEqual([join(project, 'node_modules'), join(process.cwd(), 'node_modules')]);
    const named = findSdk({ nodeModules: project });
    expect(named).toEqual({ folders: [join(project, 'node_modules')] });
    expect([hasPackage(named, '@aws-sdk/client-x'), hasPackage(named, '@aws-sdk/client-s3')]).toEqual([true, false]);
  });

  it('are rejected if there are none', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const nodeModules of [join(folder, 'none'), join(folder, 'file')])
      expect(() => findSdk({ nodeModules })).toThrow(/^--node-modules .*: the folder does not exist. Name a folder/);
  });
});
