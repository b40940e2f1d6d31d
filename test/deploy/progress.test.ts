import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { deletedIds, retained, waitsForInterfaces } from '../../src/deploy/deletion.ts';
import { failuresToDelete, firstFailure } from '../../src/deploy/failure.ts';
import { duration, isFinished, ProgressTracker } from '../../src/deploy/progress.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

const types: Readonly<Record<string, string>> = { stack: 'AWS::CloudFormation::Stack', Table: 'AWS::DynamoDB::Table' };

/** `Table CREATE_FAILED reason`, a second apart; `stack` is the stack itself. */
const events = (...lines: string[]): StackEvent[] =>
  lines.map((line, index) => {
    const [id = '', status = '', ...reason] = line.split(' ');
    return {
      EventId: String(index),
      StackId: 'arn:stack',
      StackName: 'stack',
      LogicalResourceId: id,
      PhysicalResourceId: id === 'stack' ? 'arn:stack' : `physical-${id}`,
      ResourceType: types[id] ?? 'AWS::Some::Type',
      ResourceStatus: status as NonNullable<StackEvent['ResourceStatus']>,
      ResourceStatusReason: reason.join(' '),
      Timestamp: at(index),
    };
  });

const progress = (planned: string[], ...lines: string[]) => {
  const tracker = new ProgressTracker(new Set(planned));
  for (const event of events(...lines)) tracker.add(event);
  const { inWork, ...rest } = tracker.progress;
  return { ...rest, inWork: inWork.map(({ logicalId, since }) => `${logicalId} ${since.getUTCSeconds()}`) };
};

describe('progress', () => {
  it('counts planned resources, and shows first what is longest in work', () => {
    const lines = [
      'stack CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'B CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'C CREATE_COMPLETE',
    ];
    expect(progress(['A', 'B', 'D'], ...lines)).toEqual({ phase: 'forward', done: 0, total: 3, inWork: ['A 1', 'B 2'] });
    expect(progress(['A', 'B', 'D'], ...lines, 'A CREATE_COMPLETE')).toMatchObject({ done: 1, inWork: ['B 2'] });
  });

  it('starts anew when it is rolled back', () => {
    const lines = ['A CREATE_COMPLETE', 'B CREATE_FAILED', 'stack ROLLBACK_IN_PROGRESS', 'A DELETE_IN_PROGRESS'];
    expect(progress(['A', 'B', 'C'], ...lines)).toEqual({ phase: 'rollback', done: 0, total: 2, inWork: ['A 3'] });
    expect(progress(['A', 'B', 'C'], ...lines, 'A DELETE_COMPLETE', 'stack ROLLBACK_COMPLETE')).toEqual({
      phase: 'rollback',
      done: 1,
      total: 2,
      inWork: [],
      ended: 'ROLLBACK_COMPLETE',
    });
  });

  it('has not ended while it cleans up', () => {
    const lines = ['A UPDATE_COMPLETE', 'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'B DELETE_IN_PROGRESS'];
    expect(progress(['A', 'B'], ...lines)).toEqual({ phase: 'cleanup', done: 1, total: 2, inWork: ['B 2'] });
    expect(progress(['A', 'B'], ...lines, 'B DELETE_COMPLETE', 'stack UPDATE_COMPLETE')).toMatchObject({
      done: 2,
      ended: 'UPDATE_COMPLETE',
    });
  });

  it('knows finished resources from those in work and from the stack', () => {
    const list = events('A CREATE_IN_PROGRESS', 'A CREATE_FAILED', 'B DELETE_SKIPPED', 'stack CREATE_COMPLETE');
    expect(list.map(isFinished)).toEqual([false, true, true, false]);
  });
});

describe('the failure that is named', () => {
  it('is the first one that is no consequence', () => {
    const list = events(
      'B CREATE_FAILED Resource creation cancelled',
      'Table CREATE_FAILED items-dev already exists.',
      'A CREATE_FAILED Resource creation cancelled',
      'stack ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Table].',
    );
    expect(firstFailure(list)).toEqual({
      logicalId: 'Table',
      type: 'AWS::DynamoDB::Table',
      reason: 'items-dev already exists',
      remedy: ': there is a table of this name: choose another EnvironmentSuffix, or delete that table if nobody needs it',
    });
  });

  it('is the stack’s if no resource failed, and none if nothing did', () => {
    expect(firstFailure(events('stack UPDATE_FAILED no role'))).toMatchObject({
      logicalId: 'stack',
      reason: 'no role',
      remedy: ': correct it and deploy again; all events: "aws cloudformation describe-stack-events --stack-name arn:stack"',
    });
    expect(firstFailure(events('A CREATE_COMPLETE'))).toBeUndefined();
  });

  it.each([
    ['CloudWatch Logs role ARN must be set in account settings to enable logging', 'ManageApiGatewayAccount=true'],
    ['The maximum number of addresses has been reached.', 'NatGateways=None'],
    ['The maximum number of VPCs has been reached.', 'ask for a higher quota'],
    [
      'User: arn:x is not authorized to perform: dynamodb:CreateTable on resource: y',
      'ask for the permission dynamodb:CreateTable,',
    ],
    ['items-dev-GetItem already exists', 'choose another stackName'],
    ['Access Denied', 'ask for the permission, or'],
    ['resource sg-1 has a dependent object', 'up to 40 minutes'],
  ])('has a remedy for %s', (reason, remedy) => {
    expect(firstFailure(events(`A CREATE_FAILED ${reason}`))?.remedy).toContain(remedy);
  });
});

describe('a deletion', () => {
  it('has failed for what is still there in the end', () => {
    const list = events(
      'A DELETE_FAILED busy',
      'B DELETE_FAILED busy',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'stack DELETE_FAILED',
    );
    expect(failuresToDelete(list)).toMatchObject([{ logicalId: 'B', reason: 'busy' }]);
  });

  it('has deleted what was not made again', () => {
    const list = events(
      'A DELETE_COMPLETE',
      'B DELETE_COMPLETE',
      'A CREATE_COMPLETE',
      'C DELETE_SKIPPED',
      'stack DELETE_COMPLETE',
    );
    expect(deletedIds(list)).toEqual(new Set(['physical-B']));
    expect(retained(list)).toMatchObject([{ LogicalResourceId: 'C' }]);
  });

  it('waits for network interfaces when a function, subnet or security group takes long', () => {
    const waits = (type: string, second: number) => waitsForInterfaces([{ logicalId: 'A', type, since: at(0) }], at(second));
    expect(waits('AWS::EC2::SecurityGroup', 19)).toBe(false);
    expect(waits('AWS::EC2::SecurityGroup', 21)).toBe(true);
    expect(waits('AWS::Lambda::Function', 21)).toBe(true);
    expect(waits('AWS::EC2::NatGateway', 21)).toBe(false);
  });
});

it.each([
  [0, '0:00'],
  [59_400, '0:59'],
  [59_600, '1:00'],
  [3_725_000, '1:02:05'],
])('%i ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
