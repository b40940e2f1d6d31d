import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';
import { python } from '../functions/python/python.ts';
import { get, sdkStack } from '../twin/sdk-stack.ts';

const write = `
import botocore.session, os, urllib3
client = botocore.session.get_session().create_client('dynamodb')
def handler(event, context):
  client.put_item(TableName=os.environ['TABLE'], Item={'id': {'S': 'a'}, 'text': {'S': 'from Python'}})
  item = client.get_item(TableName=os.environ['TABLE'], Key={'id': {'S': 'a'}})['Item']
  return {'statusCode': 200, 'body': item['text']['S']}
`;
const publish = `
import botocore.session
def handler(event, context):
  botocore.session.get_session().create_client('sns').publish(TopicArn='arn:aws:sns:us-east-1:123456789012:t', Message='m')
`;
const tools = `
import debugpy
def handler(event, context):
  return {'statusCode': 200}
`;

describe('functions that use botocore of the virtual environment', () => {
  const reasons = new Map<string, string | undefined>();
  let stack: Stack;
  beforeAll(async () => {
    execFileSync(python, ['-c', 'import botocore']);
    const functions = {
      Write: { runtime: 'python3.13', code: write, role: 'Writer' },
      Denied: { runtime: 'python3.13', code: write, role: 'Reader' },
      Publish: { runtime: 'python3.13', code: publish, role: 'Writer' },
      Tools: { runtime: 'python3.13', code: tools, role: 'Writer' },
    };
    stack = await start(sdkStack(functions), {
      python,
      onRequest: ({ path, reason }) => void reasons.set(path, reason),
    });
  });
  afterAll(() => stack.stop());

  it('reach the tables of the stack with the permissions of their role', async () => {
    expect(await get(stack, 'Write')).toEqual([200, 'from Python']);
    expect((await get(stack, 'Denied'))[0]).toBe(502);
    expect(reasons.get('/v1/Denied')).toContain('assumed-role/reader/denied is not authorized to perform: dynamodb:PutItem');
  });

  it('are told that the twin has no other service', async () => {
    expect((await get(stack, 'Publish'))[0]).toBe(502);
    expect(reasons.get('/v1/Publish')).toContain(
      'sns Publish is not simulated by the local twin: only DynamoDB is simulated',
    );
  });

  it('import nothing that Lambda does not have, and the start says so', async () => {
    expect((await get(stack, 'Tools'))[0]).toBe(502);
    expect(reasons.get('/v1/Tools')).toContain("No module named 'debugpy'");
    expect(await stack.checkCode()).toEqual([
      expect.stringMatching(
        /^Tools \(tools\): line 2 of index\.py, "import debugpy", imports debugpy, which is not installed/,
      ),
    ]);
  });
});
