import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';
import { get, sdkStack } from './sdk-stack.ts';

const write = `
  const { DynamoDBClient, PutItemCommand, GetItemCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  exports.handler = async () => {
    const TableName = process.env.TABLE;
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' }, text: { S: 'from Node.js' } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: 'a' } } }));
    return { statusCode: 200, body: Item.text.S };
  };`;
const upload = `
  const { S3 } = require('@aws-sdk/client-s3');
  exports.handler = () => new S3({}).putObject({ Bucket: 'notes', Key: 'a', Body: 'text' });`;
const missing = `
  const { DynamoDBDocument } = require('@aws-sdk/lib-none');
  exports.handler = async () => ({ statusCode: 200 });`;

describe('functions that use the AWS SDK for JavaScript', () => {
  const reasons = new Map<string, string | undefined>();
  let stack: Stack;
  beforeAll(async () => {
    const functions = {
      Write: { runtime: 'nodejs22.x', code: write, role: 'Writer' },
      Denied: { runtime: 'nodejs24.x', code: write, role: 'Reader' },
      Upload: { runtime: 'nodejs20.x', code: upload, role: 'Writer' },
      Missing: { runtime: 'nodejs24.x', code: missing, role: 'Writer' },
    };
    stack = await start(sdkStack(functions), {
      region: 'eu-west-1',
      onRequest: ({ path, reason }) => void reasons.set(path, reason),
    });
  });
  afterAll(() => stack.stop());

  it('reach the tables of the stack', async () => {
    expect(await get(stack, 'Write')).toEqual([200, 'from Node.js']);
  });

  it('have the permissions of their role', async () => {
    expect((await get(stack, 'Denied'))[0]).toBe(502);
    expect(reasons.get('/v1/Denied')).toContain(
      'User: arn:aws:sts::123456789012:assumed-role/reader/denied is not authorized to perform: dynamodb:PutItem on resource: Table because no identity-based policy allows the dynamodb:PutItem action',
    );
  });

  it('are told that the twin has no other service, as is who runs it', async () => {
    expect((await get(stack, 'Upload'))[0]).toBe(502);
    expect(reasons.get('/v1/Upload')).toContain(
      's3 PutObject is not simulated by the local twin: only DynamoDB is simulated',
    );
  });

  it('are known to lack a package of it before the first request', async () => {
    expect(await stack.checkCode()).toEqual([
      `Missing (missing): line 2 of index.js, "const { DynamoDBDocument } = require('@aws-sdk/lib-none');", imports @aws-sdk/lib-none, which is not installed; install it with "npm install @aws-sdk/lib-none", or name the folder that has it with --node-modules DIR.`,
    ]);
  });
});
