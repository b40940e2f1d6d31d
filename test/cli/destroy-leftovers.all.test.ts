import { describe, expect, it } from 'vitest';
import { type RecordedResponse, recorded } from '../deploy/endpoint.ts';
import { deployment } from './deployment.ts';

const { open, items, requests, asked } = deployment();

const [absent] = recorded('create') as [RecordedResponse];
const stackId = /<StackId>(.*?)<\/StackId>/.exec(recorded('destroy')[0]?.body ?? '')?.[1] ?? '';
const [gone] = recorded('destroy') as [RecordedResponse];
const events = recorded('destroy')
  .filter(({ action }) => action === 'DescribeStackEvents')
  .slice(-1);

const stacks = (...members: string[]): RecordedResponse => ({
  action: 'ListStacks',
  status: 200,
  body: `<R><ListStacksResult><StackSummaries>${members.join('')}</StackSummaries></ListStacksResult></R>`,
});
const deleted = (name: string, id: string, time: string) =>
  `<member><StackName>${name}</StackName><StackId>${id}</StackId><StackStatus>DELETE_COMPLETE</StackStatus><DeletionTime>${time}</DeletionTime></member>`;
const tagged = (...arns: string[]): RecordedResponse => {
  const Tags = [{ Key: 'aws:cloudformation:stack-name', Value: 'items-mini' }];
  const list = arns.map((ResourceARN) => ({ ResourceARN, Tags }));
  return { action: 'GetResources', status: 200, body: JSON.stringify({ ResourceTagMappingList: list }) };
};
const logGroups = (...names: string[]): RecordedResponse => {
  const groups = names.map((logGroupName) => ({ logGroupName }));
  return { action: 'DescribeLogGroups', status: 200, body: JSON.stringify({ logGroups: groups }) };
};
const deletedLogGroups = () =>
  requests()
    .filter(({ action }) => action === 'DeleteLogGroup')
    .map(({ body }) => JSON.parse(body).logGroupName);

describe('items destroy, after the deletion', () => {
  it.each([
    [[], 'permissions tag:GetResources and logs:DescribeLogGroups'],
    [[tagged()], 'permission logs:DescribeLogGroups'],
    [[logGroups()], 'permission tag:GetResources'],
  ])('does not claim that nothing is left when that could not be asked: %#', async (answers, permissions) => {
    const others = recorded('destroy').filter(({ action }) => !['GetResources', 'DescribeLogGroups'].includes(action));
    await open([...others, ...answers]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stderr).toBe(
      `the stack items-mini is deleted, but whether anything is left of it is not known: ask for the ${permissions}, and run the same command again\n`,
    );
    expect(stdout).not.toContain('Nothing is left');
    expect(code).toBe(1);
  });

  it('names what is left, and that this may not be all', async () => {
    const others = recorded('destroy').filter(({ action }) => !['GetResources', 'DescribeLogGroups'].includes(action));
    await open([...others, tagged('arn:aws:sqs:us-east-1:0:left')]);
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 1,
      stderr:
        'left behind, to be deleted by hand:\n  arn:aws:sqs:us-east-1:0:left\nthe stack items-mini is deleted, but whether anything else is left of it is not known: ask for the permission logs:DescribeLogGroups, and run the same command again\n',
    });
  });
});

describe('items destroy without a stack', () => {
  it('has nothing to do if nothing is left of one', async () => {
    await open([absent, stacks(), tagged(), logGroups('/aws/lambda/items-mini-GetItems')]);
    expect(await items(['destroy', 'mini'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'There is no stack items-mini in us-east-1, and nothing is left of one.\n',
    });
    expect(asked()).not.toContain('DeleteStack');
  });

  it('names what a former one has left, by its tag and its names', async () => {
    await open([absent, tagged('arn:aws:sqs:us-east-1:0:left'), logGroups('/aws/lambda/items-mini-GetItem')]);
    const { code, stdout, stderr } = await items(['destroy', 'mini']);
    expect(stdout).toBe('Log groups that came back after the deletion:\n  /aws/lambda/items-mini-GetItem\n');
    expect(stderr).toBe(
      'left behind, to be deleted by hand:\n  arn:aws:sqs:us-east-1:0:left\n  log group /aws/lambda/items-mini-GetItem\n',
    );
    expect(code).toBe(1);
    expect(deletedLogGroups()).toEqual([]);
  });

  it('deletes log groups of the last one that had the name, and knows what that has deleted', async () => {
    const list = stacks(
      deleted('items-mini', 'arn:older', '2026-11-01T00:00:00Z'),
      deleted('items-mini', stackId, '2026-11-26T00:00:00Z'),
      deleted('items', 'arn:another', '2026-11-27T00:00:00Z'),
    );
    const groups = ['/aws/lambda/items-mini-log', 'items-api/items-mini/access', '/aws/lambda/items-mini-logs'];
    const left = [tagged('arn:aws:sns:us-east-1:000000000000:items-mini'), logGroups(...groups)];
    await open([absent, gone, list, ...events, ...left, { action: 'DeleteLogGroup', status: 200, body: '{}' }]);
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/\nThere is no stack items-mini in us-east-1, and nothing is left of one\.\n$/),
    });
    expect(deletedLogGroups()).toEqual(groups.slice(0, 2));
    expect(requests().find(({ action }) => action === 'DescribeStackEvents')?.body).toContain(encodeURIComponent(stackId));
  });

  it('says what it could not ask', async () => {
    await open([absent]);
    expect(await items(['destroy', 'mini'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'there is no stack items-mini in us-east-1, but whether anything is left of it is not known: ask for the permissions tag:GetResources and logs:DescribeLogGroups, and run the same command again\n',
    });
  });
});
