import { describe, expect, it } from 'vitest';
import { recorded } from '../deploy/endpoint.ts';
import { changed, deployment } from './deployment.ts';

const { open, items, itemsOnTerminal, requests, asked } = deployment();

describe('items destroy', () => {
  it('deletes the stack, and looks whether anything is left', async () => {
    await open(recorded('destroy'));
    expect(await items(['destroy', 'mini', '--yes'])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^The stack items-mini in us-east-1 of account 123456789012 will be deleted, with 2 resources:\n(.*\n)*2 of 2 {2}\d:\d\d {2}DELETE_COMPLETE .*\nitems-mini is deleted, in \d:\d\d\nNothing is left of it\.\n$/,
      ),
    });
    expect(asked().filter((action) => action.startsWith('Delete'))).toEqual(['DeleteStack']);
  });

  it('does not delete unasked', async () => {
    await open(recorded('destroy'));
    const { code, stderr } = await items(['destroy', 'mini']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'there is no terminal to ask on: give --yes to delete the stack\n',
    });
    expect(asked()).not.toContain('DeleteStack');
  });

  it('says before it asks that the logging of other APIs ends with the role of the stack, and how to avoid that', async () => {
    await open(
      changed('destroy', 'ListStackResources', (body) => body.replace('AWS::Logs::LogGroup', 'AWS::ApiGateway::Account')),
    );
    const { code, stdout } = await items(['destroy', 'mini']);
    expect(stdout).toMatch(
      /\nThe stack owns the role that API Gateway logs with in us-east-1\. Deleting it stops the logging of every API of .*\n.*"aws apigateway update-account .*\n.* deploy with --parameter ManageApiGatewayAccount=false first\.\n$/,
    );
    expect(code).toBe(1);
    expect(asked()).not.toContain('DeleteStack');
  });

  it('follows a deletion that is under way', async () => {
    const [before] = recorded('destroy').filter(({ action }) => action === 'DescribeStackEvents');
    const answers = changed('destroy', 'DescribeStacks', (body) => body.replace('CREATE_COMPLETE', 'DELETE_IN_PROGRESS'));
    await open(answers.filter(({ body }) => body !== before?.body));
    const { code, stdout } = await items(['destroy', 'mini']);
    expect(stdout).toMatch(/It is being deleted already\.\n\n1 of 2 .*DELETE_COMPLETE.*\n2 of 2 .*\nitems-mini is deleted/);
    expect(code).toBe(0);
    expect(asked()).not.toContain('DeleteStack');
  });

  it('names what could not be deleted, and why', async () => {
    await open(
      changed('destroy', 'DescribeStackEvents', (body) =>
        body.replace(/DELETE_COMPLETE(<\/ResourceStatus><ResourceStatusReason>)/g, 'DELETE_FAILED$1has a dependent object'),
      ),
    );
    const { code, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stderr).toMatch(
      /^Topic \(AWS::SNS::Topic\) could not be deleted: has a dependent object: something still uses it.*\nLog .*\nthe stack items-mini is in the state DELETE_FAILED: fix that, and run the same command again\n$/,
    );
    expect(code).toBe(1);
  });

  it('names what is left, and deletes log groups that came back', async () => {
    const tags = '[{"Key":"aws:cloudformation:stack-name","Value":"items-mini"}]';
    const answers = changed(
      'destroy',
      'GetResources',
      () =>
        `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:sqs:us-east-1:0:left","Tags":${tags}},{"ResourceARN":"arn:aws:sns:us-east-1:000000000000:items-mini","Tags":${tags}}]}`,
    ).map((answer) =>
      answer.action === 'DescribeLogGroups'
        ? {
            ...answer,
            body: '{"logGroups":[{"logGroupName":"/aws/lambda/items-mini-log"},{"logGroupName":"/aws/lambda/items-mini-logs"}]}',
          }
        : answer,
    );
    await open([...answers, { action: 'DeleteLogGroup', status: 200, body: '{}' }]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stderr).toBe('left behind, to be deleted by hand:\n  arn:aws:sqs:us-east-1:0:left\n');
    expect(stdout).toContain('Log groups that came back after the deletion:\n  /aws/lambda/items-mini-log\n');
    expect(code).toBe(1);
    const deleted = requests()
      .filter(({ action }) => action === 'DeleteLogGroup')
      .map(({ body }) => JSON.parse(body));
    expect(deleted).toEqual([{ logGroupName: '/aws/lambda/items-mini-log' }]);
  });

  it('keeps a table that is protected', async () => {
    const answers = changed('destroy', 'ListStackResources', (body) =>
      body.replace('AWS::SNS::Topic', 'AWS::DynamoDB::Table'),
    );
    const table = '{"Table":{"ItemCount":12,"DeletionProtectionEnabled":true}}';
    await open([...answers, { action: 'DescribeTable', status: 200, body: table }]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stdout).toMatch(
      /\nThe table \S+ will be deleted, with 12 items, as DynamoDB counted them within the last six hours\.\n$/,
    );
    expect(stderr).toMatch(/^the table \S+ is protected from being deleted: deploy with DeletionProtection "false" first/);
    expect(code).toBe(1);
    expect(asked()).not.toContain('DeleteStack');
  });
});

describe.skipIf(process.platform === 'win32')('items destroy on a terminal (needs a pseudo-terminal)', () => {
  it.each([
    ['items', 1, '"items" is not items-mini: nothing was deleted'],
    ['items-mini', 0, 'Nothing is left of it.'],
  ])('takes %s as an answer', async (answer, code, shown) => {
    await open(recorded('destroy'));
    const result = await itemsOnTerminal('to delete it: ', answer, 'destroy', 'mini');
    expect(result.stdout).toContain(shown);
    expect(result.code).toBe(code);
    expect(asked().includes('DeleteStack')).toBe(code === 0);
  });
});
