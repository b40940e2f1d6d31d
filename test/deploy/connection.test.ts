import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChangeSet } from '../../src/deploy/change-set.ts';
import { type Connection, connect } from '../../src/deploy/connection.ts';
import { deleteStack } from '../../src/deploy/deletion.ts';
import { executeChangeSet } from '../../src/deploy/execute.ts';
import { latestEvent } from '../../src/deploy/follow.ts';
import { describeStack } from '../../src/deploy/stack.ts';
import { accepted, type Endpoint, openEndpoint, type RecordedResponse, recorded, unanswered } from './endpoint.ts';

let endpoint: Endpoint | undefined;

beforeEach(() => {
  for (const [name, value] of [
    ['AWS_ACCESS_KEY_ID', 'id'],
    ['AWS_SECRET_ACCESS_KEY', 'secret'],
  ] as const)
    vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await endpoint?.close();
  endpoint = undefined;
});

const open = async (
  signal: AbortSignal,
  answers: readonly RecordedResponse[],
  onRequest?: Parameters<typeof openEndpoint>[1],
): Promise<Connection> => {
  endpoint = await openEndpoint(answers, onRequest);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
  return connect('us-east-1', signal);
};
const asked = () => endpoint?.requests.map(({ action }) => action);

const changeSet = { id: 'arn:change-set', stackId: 'arn:stack' };
const request = { stackName: 'items', type: 'CREATE', template: { TemplateBody: '' }, parameters: [] } as const;

describe('a connection', () => {
  it('does not wait for ever for an endpoint that says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silence = unanswered('DescribeStacks', 'silent');
    // Time passes when a request has arrived: until it is given up, and then until the next attempt.
    const connection = await open(new AbortController().signal, [silence], () => void vi.advanceTimersByTimeAsync(60_000));
    const told = vi.spyOn(console, 'error').mockReturnValue();
    await expect(describeStack(connection, 'items')).rejects.toMatchObject({
      name: 'TimeoutError',
      message: `${endpoint?.url} did not respond completely within 30 s`,
    });
    expect(asked()).toEqual(Array(5).fill('DescribeStacks'));
    expect(told).toHaveBeenCalledWith(`waiting for ${endpoint?.url}: no response for 10 s`);
  });

  it('does not wait for ever for a response that trickles in', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const trickle: RecordedResponse = { action: 'DescribeStacks', status: 'trickle', body: '<Describe' };
    const connection = await open(new AbortController().signal, [trickle], () => void vi.advanceTimersByTimeAsync(60_000));
    vi.spyOn(console, 'error').mockReturnValue();
    await expect(describeStack(connection, 'items')).rejects.toMatchObject({
      name: 'TimeoutError',
      message: `${endpoint?.url} did not respond completely within 30 s`,
    });
    expect(asked()).toEqual(Array(5).fill('DescribeStacks'));
  });

  it('begins nothing that changes anything once the user has interrupted', async () => {
    const accepting = ['CreateChangeSet', 'DeleteStack'].map(accepted);
    const connection = await open(AbortSignal.abort(), accepting);
    await expect(createChangeSet(connection, request)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(deleteStack(connection, 'arn:stack')).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked()).toEqual([]);
  });

  it.each(['CreateChangeSet', 'DeleteStack', 'ExecuteChangeSet'])(
    'waits for the answer to %s all the same',
    async (action) => {
      const controller = new AbortController();
      const answers = [...recorded('create').filter((answer) => answer.action === action), ...recorded('destroy')];
      const connection = await open(controller.signal, [...answers, accepted('DeleteChangeSet')], (one) => {
        if (one.action === action) controller.abort();
      });
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        // It is then interrupted, and cleans up.
        CreateChangeSet: () => createChangeSet(connection, request).catch(({ name }: Error) => name),
        DeleteStack: () => deleteStack(connection, 'arn:stack'),
        ExecuteChangeSet: () => executeChangeSet(connection, changeSet),
      };
      const result = await calls[action]?.();
      expect(result).toEqual({ CreateChangeSet: 'AbortError', ExecuteChangeSet: expect.any(String) }[action]);
      expect(asked()?.includes('DeleteChangeSet')).toBe(action === 'CreateChangeSet');
      await expect(latestEvent(connection, 'arn:stack')).rejects.toMatchObject({ name: 'AbortError' });
    },
  );

  it('deletes a change set that is not executed, as the user interrupts between the last question and that', async () => {
    const controller = new AbortController();
    const connection = await open(controller.signal, [...recorded('destroy'), accepted('DeleteChangeSet')]);
    const { cloudFormation } = connection;
    const send = cloudFormation.send.bind(cloudFormation) as (...args: unknown[]) => Promise<unknown>;
    // The answer is there before the interruption.
    vi.spyOn(cloudFormation, 'send').mockImplementation(async (...args: unknown[]) => {
      const answer = await send(...args);
      controller.abort();
      return answer;
    });
    await expect(executeChangeSet(connection, changeSet)).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked()).toEqual(['DescribeStackEvents', 'DeleteChangeSet', 'DescribeStacks']);
  });
});
