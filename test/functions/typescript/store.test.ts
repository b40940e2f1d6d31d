import { afterAll, describe, expect, it } from 'vitest';
import { refusal, startEndpoint } from './endpoint.ts';

const endpoint = await startEndpoint();
const { call } = await import('../../../src/functions/typescript/store.ts');
afterAll(endpoint.stop);

const soon = () => Date.now() + 5000;
const ok = { status: 200, body: { Item: { id: { S: 'a' } } } };

describe('a call to DynamoDB', () => {
  it('is one request to the table', async () => {
    endpoint.will(ok);
    const result = await call('GetItem', { Key: { id: { S: 'a' } } }, soon());
    expect(result).toEqual({ conditionFailed: false, uncertain: false, output: ok.body });
    expect(endpoint.received).toEqual([
      { target: 'DynamoDB_20120810.GetItem', input: { TableName: 'items', Key: { id: { S: 'a' } } } },
    ]);
  });

  it('returns the item that a failed condition was held against', async () => {
    endpoint.will(refusal('ConditionalCheckFailedException', { Item: { id: { S: 'a' } } }));
    const result = await call('PutItem', {}, soon());
    expect(result.conditionFailed).toBe(true);
    expect(result.output.Item).toEqual({ id: { S: 'a' } });
  });

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'is tried again after %s, which is certain not to have happened',
    async (type) => {
      endpoint.will(refusal(type), refusal(type), ok);
      expect(await call('PutItem', {}, soon())).toMatchObject({ uncertain: false, output: ok.body });
      expect(endpoint.received).toHaveLength(3);
    },
  );

  it.each([
    ['a 5xx', { status: 500, body: { __type: 'InternalServerError' } }],
    ['a lost connection', 'disconnect'],
  ] as const)('is tried again after %s, which may have happened', async (_what, reply) => {
    endpoint.will(reply, ok);
    expect(await call('PutItem', {}, soon())).toMatchObject({ uncertain: true, output: ok.body });
  });

  it('ends at the deadline with store-unavailable and the cause', async () => {
    endpoint.will(refusal('ThrottlingException'));
    const deadline = Date.now() + 300;
    await expect(call('PutItem', {}, deadline)).rejects.toMatchObject({
      slug: 'store-unavailable',
      cause: 'DynamoDB answered PutItem with ThrottlingException: ThrottlingException happened',
    });
    expect(Date.now()).toBeLessThan(deadline);
    expect(endpoint.received.length).toBeGreaterThan(1);
  });

  it.each([
    'Item size has exceeded the maximum allowed size',
    'Item size to update has exceeded the maximum allowed size',
    'ExpressionAttributeValues contains invalid value: Item size has exceeded the maximum allowed size for key :a',
  ])('says item-too-large for: %s', async (message) => {
    endpoint.will(refusal('ValidationException', { message }));
    await expect(call('PutItem', {}, soon())).rejects.toMatchObject({ slug: 'item-too-large' });
    expect(endpoint.received).toHaveLength(1);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'])(
    'does not try again what is our own fault: %s',
    async (type) => {
      endpoint.will(refusal(type));
      const failure = call('PutItem', {}, soon());
      await expect(failure).rejects.toThrow(`DynamoDB answered PutItem with ${type}: ${type} happened`);
      await expect(failure).rejects.not.toHaveProperty('slug');
      expect(endpoint.received).toHaveLength(1);
    },
  );
});
