import type { WriteStream } from 'node:tty';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { changeLines, typeLines } from '../../src/cli/change-lines.ts';
import { LiveLine } from '../../src/cli/live-line.ts';
import { finishedLine, progressLine } from '../../src/cli/progress-lines.ts';
import type { Progress } from '../../src/deploy/progress.ts';

const progress: Progress = { phase: 'forward', done: 1, total: 9, inWork: [] };

it('shows changes in four groups, those that are certain first', () => {
  const change = (
    kind: 'added' | 'changed' | 'replaced' | 'removed',
    logicalId: string,
    reasons: string[] = [],
    isCertain = true,
  ) => ({
    kind,
    logicalId,
    type: `AWS::${logicalId.replace(/\d/, '')}`,
    isCertain,
    reasons,
  });
  expect(
    changeLines([
      change('removed', 'Key'),
      change('added', 'Subnet1'),
      change('replaced', 'Stage', ['RestApiId (RestApi)'], false),
      change('replaced', 'Table', ['TableName (parameter EnvironmentSuffix)', 'KeySchema']),
      change('added', 'Subnet2'),
    ]),
  ).toEqual([
    'added (2)',
    '  AWS::Subnet  Subnet1, Subnet2',
    'replaced (2)',
    '  Table  AWS::Table  TableName (parameter EnvironmentSuffix), KeySchema',
    '  Stage  AWS::Stage  perhaps: RestApiId (RestApi)',
    'removed (1)',
    '  Key  AWS::Key',
  ]);
});

it('wraps the last column to the width of the terminal', () => {
  const resources = ['PrivateSubnet1', 'PrivateSubnet2', 'PublicSubnet1', 'PublicSubnet2'].map((logicalId) => ({
    logicalId,
    type: 'AWS::EC2::Subnet',
  }));
  expect(typeLines(resources, 52)).toEqual([
    '  AWS::EC2::Subnet  PrivateSubnet1, PrivateSubnet2,',
    '                    PublicSubnet1, PublicSubnet2',
  ]);
  expect(typeLines(resources, 36)).toEqual([
    '  AWS::EC2::Subnet',
    '      PrivateSubnet1,',
    '      PrivateSubnet2, PublicSubnet1,',
    '      PublicSubnet2',
  ]);
  expect(typeLines([{ logicalId: 'AVeryLongLogicalIdOfAResource', type: 'T' }], 30)).toEqual([
    '  T  AVeryLongLogicalIdOfAResource',
  ]);
});

it('names the first of many', () => {
  const names = Array.from({ length: 9 }, (_, index) => ({ logicalId: `A${index}`, type: 'T' }));
  expect(typeLines(names.slice(1))).toEqual(['  T  A1, A2, A3, A4, A5, A6, A7, A8']);
  expect(typeLines(names)).toEqual(['  T  A0, A1, A2, A3, A4, A5 and 3 more']);
});

describe('progress', () => {
  const since = new Date(Date.UTC(2026, 0, 1));
  const now = new Date(since.getTime() + 55_000);

  it('is a line with what is in work', () => {
    const work = (logicalId: string) => ({ logicalId, type: 'AWS::EC2::NatGateway', since });
    const inWork = [work('NatGateway1'), work('NatGateway2')];
    expect(progressLine({ ...progress, inWork }, 65_000, now)).toBe(
      '1 of 9  1:05  AWS::EC2::NatGateway NatGateway1 (0:55), 1 more',
    );
    expect(progressLine({ ...progress, phase: 'rollback' }, 65_000, now)).toBe('rolling back  1 of 9  1:05');
  });

  it('is a line with what is finished', () => {
    const resource = { logicalId: 'Table', type: 'AWS::DynamoDB::Table', reason: 'no' };
    expect(finishedLine(progress, 0, { ...resource, status: 'CREATE_COMPLETE' })).toBe(
      '1 of 9  0:00  CREATE_COMPLETE  AWS::DynamoDB::Table Table',
    );
    expect(finishedLine(progress, 0, { ...resource, status: 'CREATE_FAILED' })).toMatch(
      /CREATE_FAILED {2}AWS::\S+ Table: no$/,
    );
  });
});

describe('the live line', () => {
  afterEach(() => void vi.useRealTimers());

  it('is redrawn every second, cut to the terminal, and leaves nothing', () => {
    vi.useFakeTimers();
    const written: string[] = [];
    let text = 'a long line';
    const line = new LiveLine(
      { columns: 7, write: (chunk: string) => written.push(chunk) } as unknown as WriteStream,
      () => text,
    );
    text = 'b';
    vi.advanceTimersByTime(1000);
    line.print('a remark');
    line.end();
    vi.advanceTimersByTime(5000);
    expect(written).toEqual(['\r\x1b[2Ka long', '\r\x1b[2Kb', '\r\x1b[2Ka remark\n', '\r\x1b[2Kb', '\r\x1b[2K']);
  });
});
