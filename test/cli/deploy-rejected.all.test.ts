import { describe, expect, it } from 'vitest';
import { accepted, type RecordedResponse, recorded, rejected, unanswered } from '../deploy/endpoint.ts';
import { noSignals } from '../windows.ts';
import { deployment } from './deployment.ts';

const { open, items, interrupt, asked } = deployment();

/** The answers to a creation, with others instead for the actions that those are for. */
const creation = (...others: readonly RecordedResponse[]): RecordedResponse[] => [
  ...recorded('create').filter(({ action }) => !others.some((other) => other.action === action)),
  ...others,
];

const [absent, created] = recorded('create').filter(({ action }) => action === 'DescribeStacks') as [
  RecordedResponse,
  RecordedResponse,
];
const inState = (status: string): RecordedResponse => ({
  ...created,
  body: created.body.replace('CREATE_COMPLETE', status),
});
const before = recorded('create').find(({ action }) => action === 'DescribeStackEvents') as RecordedResponse;
const cleanUp = ['DeleteChangeSet', 'ListChangeSets', 'DeleteStack'].map(accepted);
const review = [absent, inState('REVIEW_IN_PROGRESS')];

const changes = () => asked().filter((action) => /^(Create|Execute|Delete)/.test(action));

describe('a change set that is not executed', () => {
  it('is deleted with its empty stack if CloudFormation rejects it', async () => {
    await open(creation(...review, rejected('ExecuteChangeSet'), ...cleanUp));
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 1,
      stderr: 'AWS denies this: no ExecuteChangeSet here; ask for the permission, or choose another AWS_PROFILE\n',
    });
    expect(changes()).toEqual(['CreateChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet', 'DeleteStack']);
  });

  it('is deleted if the events from before cannot be read', async () => {
    await open(creation(...review, rejected('DescribeStackEvents'), ...cleanUp));
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^AWS denies this: no DescribeStackEvents here; .*\n$/),
    });
    expect(changes()).toEqual(['CreateChangeSet', 'DeleteChangeSet', 'DeleteStack']);
  });

  it.skipIf(noSignals)('is deleted after Ctrl-C just before it would be executed (needs signals)', async () => {
    await open(
      creation(...review, unanswered('DescribeStackEvents', 'silent'), ...cleanUp),
      ({ action }) => action === 'DescribeStackEvents' && interrupt(),
    );
    expect(await items(['deploy', 'mini'])).toMatchObject({ code: 130, stderr: 'interrupted; nothing was changed\n' });
    expect(changes()).toEqual(['CreateChangeSet', 'DeleteChangeSet', 'DeleteStack']);
  });

  it('is deleted if the connection is lost and nothing has begun', async () => {
    await open(creation(...review, before, unanswered('ExecuteChangeSet', 'lost'), ...cleanUp));
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(/^the endpoint cannot be reached .*\n$/);
    expect(code).toBe(1);
    expect(changes().slice(-2)).toEqual(['DeleteChangeSet', 'DeleteStack']);
  });

  it('does not hide behind a failing clean-up why it is not', async () => {
    await open(creation(...review, rejected('ExecuteChangeSet'), rejected('DeleteChangeSet')));
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(
      /^AWS denies this: no ExecuteChangeSet here; .*\nthe change set arn:\S+ could not be deleted: AWS denies this: no DeleteChangeSet here; .*\n$/,
    );
    expect(code).toBe(1);
  });

  it.skipIf(noSignals)('does not hide behind a failing clean-up that the user has interrupted (needs signals)', async () => {
    await open(
      creation(...review, unanswered('DescribeChangeSet', 'silent'), rejected('DeleteChangeSet')),
      ({ action }) => action === 'DescribeChangeSet' && interrupt(),
    );
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(
      /^interrupted; nothing was changed\nthe change set arn:\S+ could not be deleted: AWS denies this: /,
    );
    expect(code).toBe(130);
  });

  it('says which empty stack stays if that cannot be deleted', async () => {
    await open(creation(...review, rejected('ExecuteChangeSet'), ...cleanUp.slice(0, 2), rejected('DeleteStack')));
    const { stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(
      /^AWS denies .*\nthe stack arn:\S+, if it was made to hold the change set, could not be deleted: /,
    );
  });
});

describe('a change set of which nobody says whether it is executed', () => {
  const look = /: look with "aws cloudformation describe-stack-events --stack-name arn:\S+ --region us-east-1"\n$/;

  it.each([
    ['is in progress', [before], 'CREATE_IN_PROGRESS'],
    ['has ended since', [], 'CREATE_COMPLETE'],
  ])('stays if the stack %s', async (_, events, status) => {
    await open(creation(absent, inState(status), ...events, unanswered('ExecuteChangeSet', 'lost')));
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(/^the endpoint cannot be reached .*\nCloudFormation has begun nevertheless, and the stack arn:/);
    expect(stderr).toMatch(` is in the state ${status}: look with`);
    expect(stderr).toMatch(look);
    expect(code).toBe(1);
    expect(asked()).not.toContain('DeleteChangeSet');
  });

  it('stays if that cannot be looked at', async () => {
    await open(creation(absent, rejected('DescribeStacks'), before, unanswered('ExecuteChangeSet', 'lost')));
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(/\nCloudFormation may or may not execute the change set arn:\S+: look with /);
    expect(stderr).toMatch(look);
    expect(code).toBe(1);
    expect(asked()).not.toContain('DeleteChangeSet');
  });
});

it('says that a change set may be there if its creation was not answered', async () => {
  await open(creation(absent, unanswered('CreateChangeSet', 'lost')));
  const { code, stderr } = await items(['deploy', 'mini']);
  expect(stderr).toMatch(
    /^the endpoint cannot be reached .*\nthe stack items-mini may or may not have the change set items-\S+\n$/,
  );
  expect(code).toBe(1);
});

it.skipIf(noSignals)('does not say that nothing was changed if Ctrl-C comes later (needs signals)', async () => {
  await open(
    creation(absent, unanswered('DescribeStacks', 'silent')),
    (_, soFar) => soFar.filter(({ action }) => action === 'DescribeStacks').length === 2 && interrupt(),
  );
  expect(await items(['deploy', 'mini'])).toMatchObject({
    code: 130,
    stderr: 'interrupted; items-mini is deployed, only its outputs were not read\n',
  });
});

it.skipIf(noSignals)('ends at Ctrl-C while the endpoint says nothing (needs signals)', async () => {
  // Once: a process that is about to end has no handler any more, and a second signal would be what ends it.
  await open([unanswered('DescribeStacks', 'silent')], (_request, all) => all.length === 1 && interrupt());
  expect(await items(['deploy', 'mini'])).toMatchObject({ code: 130, stderr: 'interrupted; nothing was changed\n' });
});

it.skipIf(noSignals)('finds the events of an interrupted operation by the id of the stack (needs signals)', async () => {
  await open(
    creation(before, unanswered('DescribeStackEvents', 'silent')),
    (_, soFar) => soFar.filter(({ action }) => action === 'DescribeStackEvents').length === 2 && interrupt(),
  );
  const { code, stderr } = await items(['deploy', 'mini']);
  expect(stderr).toMatch(
    /^interrupted; CloudFormation continues with items-mini: look with .*--stack-name arn:\S+ --region /,
  );
  expect(code).toBe(130);
});
