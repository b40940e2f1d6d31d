import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { exception, startEndpoint } from './endpoint.ts';
import { context, proxyEvent, type RequestPart } from './event.ts';
import { stored, writeId } from './items.ts';

const endpoint = await startEndpoint();
const create = (await import('../../../src/functions/typescript/create-item.ts')).lambda_handler;
afterAll(endpoint.stop);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
});

const post = (part: RequestPart = {}) => create(proxyEvent({ body: '{}', ...part }), context());

/** The item that the last PutItem has. */
const sent = () => endpoint.received.at(-1)?.input.Item as Record<string, { readonly S: string }>;

describe('a create', () => {
  it('draws a write id of its own, whatever the request id is', async () => {
    endpoint.will({ status: 200, body: {} });
    const tags = new Set<unknown>();
    for (let request = 0; request < 5; request++) {
      const { headers } = await post({ requestId: 'r-1', headers: { 'idempotency-key': 'k' } });
      tags.add(headers?.ETag);
      expect(headers?.ETag).toBe(`"${sent().writeId?.S}"`);
      expect(sent().createId).toEqual(sent().writeId);
      expect(headers?.ETag).toMatch(/^"[\w-]{22}"$/);
    }
    expect(tags.size).toBe(5);
  });

  it('says where the item is, stage included', async () => {
    endpoint.will({ status: 200, body: {} });
    expect((await post({ body: '{"id":"a"}', path: '/v1/items' })).headers?.Location).toBe('/v1/items/a');
    expect((await post({ body: '{"id":"a"}', path: '/base/items' })).headers?.Location).toBe('/base/items/a');
  });

  it('is answered with the item as GET returns it', async () => {
    endpoint.will({ status: 200, body: {} });
    const { body } = await post({ body: '{"b":1.50,"2":[],"1":{"\\u0061":"\\u00e9"},"a\\\\":null}' });
    expect(body).toMatch(/"1":\{"a":"é"\},"2":\[\],"b":1.5,"a\\\\":null\}$/);
  });

  it('is 409 for an id that is taken, by a create with the same request id, too', async () => {
    endpoint.will(exception('ConditionalCheckFailedException', { Item: stored({ createRequest: { S: 'r-1' } }) }));
    expect(await post({ body: '{"id":"a"}', requestId: 'r-1' })).toMatchObject({ statusCode: 409 });
  });
});

describe('an Idempotency-Key', () => {
  const keyed = { headers: { 'Idempotency-Key': 'order-7' } };
  const identities: readonly [string, RequestPart][] = [
    ['nobody', {}],
    ['a user', { authorizer: { claims: { iss: 'https://idp/pool-1', sub: 's-1' } } }],
    ['a user of another pool', { authorizer: { claims: { iss: 'https://idp/pool-2', sub: 's-1' } } }],
    ['another user', { authorizer: { claims: { iss: 'https://idp/pool-1', sub: 's-2' } } }],
    ['an IAM user', { identity: { caller: 'AIDAEXAMPLE', userArn: 'arn:aws:iam::1:user/ann' } }],
    ['a role', { identity: { caller: 'AROAEXAMPLE:session-1', userArn: 'arn:aws:sts::1:assumed-role/r/session-1' } }],
    ['a federated user', { identity: { caller: '123456789012:ann' } }],
    ['another federated user', { identity: { caller: '123456789012:bob' } }],
    ['the account', { identity: { caller: '123456789012' } }],
    ['an identity of a pool', { identity: { caller: 'AROAEXAMPLE:CognitoIdentityCredentials', cognitoIdentityId: 'eu:1' } }],
    ['another identity', { identity: { caller: 'AROAEXAMPLE:CognitoIdentityCredentials', cognitoIdentityId: 'eu:2' } }],
    ['an API key', { identity: { apiKeyId: 'k-1' } }],
    ['another API key', { identity: { apiKeyId: 'k-2' } }],
    // No value of one kind is taken for that of another, nor for a key.
    ['an API key with the name of a user', { identity: { apiKeyId: 'AIDAEXAMPLE' } }],
  ];

  it('makes the id, another one for each caller', async () => {
    endpoint.will({ status: 200, body: {} });
    const ids = new Map<unknown, string>();
    for (const [who, part] of identities) {
      await post({ ...keyed, ...part });
      expect(ids.get(sent().id?.S), who).toBe(undefined);
      ids.set(sent().id?.S, who);
      const first = sent();
      await post({ ...keyed, ...part });
      expect(sent().id, who).toEqual(first.id);
      expect(sent().idempotencyKey, who).toEqual(first.idempotencyKey);
    }
  });

  it('does not depend on where a name ends and a key begins', async () => {
    endpoint.will({ status: 200, body: {} });
    const ids = new Set<unknown>();
    for (const [apiKeyId, key] of [
      ['a', 'bc'],
      ['ab', 'c'],
      ['a","b', 'c'],
    ] as const) {
      await post({ identity: { apiKeyId }, headers: { 'Idempotency-Key': key } });
      ids.add(sent().id?.S);
    }
    expect(ids.size).toBe(3);
  });

  it('is the same for all sessions of a role', async () => {
    endpoint.will({ status: 200, body: {} });
    await post({ ...keyed, identity: { caller: 'AROAEXAMPLE:session-1' } });
    const first = sent().id;
    await post({ ...keyed, identity: { caller: 'AROAEXAMPLE:another:one' } });
    expect(sent().id).toEqual(first);
  });

  it('returns the first response again, with the first entity tag, whatever the item has become', async () => {
    endpoint.will({ status: 200, body: {} });
    const first = await post({ ...keyed, body: '{"n":1}' });
    const changed = { ...sent(), version: { N: '2' }, attributes: { M: {} }, writeId: { S: writeId(2) } };
    endpoint.will(exception('ConditionalCheckFailedException', { Item: changed }));
    const replay = await post({ ...keyed, body: '{"n":1}' });
    expect(replay).toEqual({ ...first, headers: { ...first.headers, 'Idempotency-Replayed': 'true' } });
    expect(await post({ ...keyed, body: '{"n":2}' })).toMatchObject({ statusCode: 422 });
    expect(await post({ body: '{"n":1}' })).toMatchObject({ statusCode: 409 });
  });

  it('of another caller is not known to this one', async () => {
    endpoint.will({ status: 200, body: {} });
    await post({ ...keyed, body: '{"id":"a"}', identity: { apiKeyId: 'k-1' } });
    endpoint.will(exception('ConditionalCheckFailedException', { Item: sent() }));
    for (const body of ['{"id":"a"}', '{"id":"a","n":1}']) {
      expect(await post({ ...keyed, body, identity: { apiKeyId: 'k-2' } })).toMatchObject({ statusCode: 409 });
    }
  });
});
