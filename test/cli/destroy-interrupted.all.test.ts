import { describe, expect, it } from 'vitest';
import { type RecordedResponse, recorded, rejected, unanswered } from '../deploy/endpoint.ts';
import { noSignals } from '../windows.ts';
import { changed, deployment } from './deployment.ts';

const { open, items, itemsOnTerminal, interrupt, asked } = deployment();

/** The answers to a deletion, with others instead for the actions that those are for. */
const deletion = (...others: readonly RecordedResponse[]): RecordedResponse[] => [
  ...recorded('destroy').filter(({ action }) => !others.some((other) => other.action === action)),
  ...others,
];

const events = recorded('destroy').filter(({ action }) => action === 'DescribeStackEvents');
const [before] = events as [RecordedResponse];
const look = /look with "aws cloudformation describe-stack-events --stack-name arn:\S+ --region us-east-1"\n$/;
const cameBack: RecordedResponse = {
  action: 'DescribeLogGroups',
  status: 200,
  body: '{"logGroups":[{"logGroupName":"/aws/lambda/items-mini-log"}]}',
};

describe.skipIf(noSignals)('Ctrl-C (needs signals)', () => {
  it('deletes nothing just before the deletion', async () => {
    await open(
      deletion(unanswered('DescribeStackEvents', 'silent')),
      ({ action }) => action === 'DescribeStackEvents' && interrupt(),
    );
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 130,
      stderr: 'interrupted; nothing was deleted\n',
    });
    expect(asked()).not.toContain('DeleteStack');
  });

  it('ends at once while the endpoint says nothing', async () => {
    // Once: a process that is about to end has no handler any more, and a second signal would be what ends it.
    await open([unanswered('DescribeStacks', 'silent')], (_request, all) => all.length === 1 && interrupt());
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 130,
      stderr: 'interrupted; nothing was deleted\n',
    });
  });

  it.each([
    ['was begun here', 'CREATE_COMPLETE', [before], 2],
    ['was under way', 'DELETE_IN_PROGRESS', [], 1],
  ])('does not stop a deletion that %s, which is found by the id of the stack', async (_, status, first, silence) => {
    const stacks = changed('destroy', 'DescribeStacks', (body) => body.replace('CREATE_COMPLETE', status));
    await open(
      [
        ...stacks.filter(({ action }) => action !== 'DescribeStackEvents'),
        ...first,
        unanswered('DescribeStackEvents', 'silent'),
      ],
      (_, soFar) => soFar.filter(({ action }) => action === 'DescribeStackEvents').length === silence && interrupt(),
    );
    const { code, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stderr).toMatch(/^interrupted; CloudFormation continues with items-mini: look with/);
    expect(stderr).toMatch(look);
    expect(code).toBe(130);
  });

  it('says after the deletion that it is done, and what is not', async () => {
    await open(deletion(unanswered('GetResources', 'silent')), ({ action }) => action === 'GetResources' && interrupt());
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 130,
      stderr:
        'interrupted; the stack items-mini is deleted, but whether anything is left of it is not known: run the same command again\n',
    });
  });

  it('is a no to the question about log groups', async () => {
    const answers = changed('destroy', 'DescribeStacks', (body) => body.replace('CREATE_COMPLETE', 'DELETE_IN_PROGRESS'));
    await open([...answers.filter(({ action, body }) => action !== 'DescribeLogGroups' && body !== before.body), cameBack]);
    const { code, stdout } = await itemsOnTerminal('Delete them? (yes/no) ', '^C', 'destroy', 'mini');
    expect(stdout).toMatch(
      /\^C\ninterrupted; left behind, to be deleted by hand:\n {2}log group \/aws\/lambda\/items-mini-log\n$/,
    );
    expect(code).toBe(130);
    expect(asked()).not.toContain('DeleteLogGroup');
  });
});

it('does not claim to know whether a deletion begins that was not answered', async () => {
  await open(deletion(unanswered('DeleteStack', 'lost')));
  const { code, stderr } = await items(['destroy', 'mini', '--yes']);
  expect(stderr).toMatch(/^the endpoint cannot be reached .*\nCloudFormation may or may not delete the stack arn:\S+: /);
  expect(stderr).toMatch(look);
  expect(code).toBe(1);
});

it('lists log groups that could not be deleted', async () => {
  const denied = JSON.stringify({ __type: 'AccessDeniedException', message: 'no DeleteLogGroup here' });
  await open(deletion(cameBack, { ...rejected('DeleteLogGroup'), body: denied }));
  const { code, stderr } = await items(['destroy', 'mini', '--yes']);
  expect(stderr).toMatch(
    /^left behind, to be deleted by hand:\n {2}log group \/aws\/lambda\/items-mini-log: AWS denies this: no /,
  );
  expect(code).toBe(1);
});
