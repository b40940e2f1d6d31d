import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../../src/twin/dynamodb/dynalite-process.ts';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { createUpstream, urlOf } from '../../../src/twin/dynamodb/upstream.ts';
import { call, account as options, table } from './client.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'items-data-'));
});
afterAll(() => rm(data, { recursive: true }));

const start = async (more: object = {}): Promise<DynamoDb> => createDynamoDb({ ...options, data, ...more });
const item = { id: { S: 'kept' }, n: { N: '1' } };
const get = async ({ endpoint }: DynamoDb): Promise<unknown> =>
  (await call(endpoint, 'GetItem', { TableName: 'items', Key: { id: { S: 'kept' } } })).output.Item;

describe('a data folder', () => {
  it('keeps items from one start to the next, whether the stack was deleted or not', async () => {
    const first = await start();
    await first.createTable(table('items'));
    await call(first.endpoint, 'PutItem', { TableName: 'items', Item: item });
    await first.deleteTable('items');
    await first.stop();
    const second = await start();
    expect(await second.createTable(table('items'))).toEqual({ arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/items' });
    expect(await get(second)).toEqual(item);
    await second.stop();
  });

  it('that another twin uses is rejected by name', async () => {
    const first = await start();
    await first.createTable(table('items'));
    const second = await start();
    const rejection = { code: 'DATA_IN_USE', message: expect.stringContaining(`${data} is in use by another process`) };
    await expect(second.createTable(table('items'))).rejects.toMatchObject(rejection);
    expect((await call(second.endpoint, 'ListTables', {})).status).toBe(500);
    await second.stop();
    expect((await call(first.endpoint, 'ListTables', {})).status).toBe(200);
    await first.stop();
  });

  it('with a table of other keys is rejected with the way out', async () => {
    const dynamodb = await start();
    const { input } = table('items');
    const other = {
      ...table('items'),
      input: {
        ...input,
        KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'N' }],
      },
    };
    await expect(dynamodb.createTable(other)).rejects.toMatchObject({
      code: 'RESOURCE_FAILED',
      message: `Table items in ${data} has other keys or indexes than the template (id S HASH, not name N HASH). Remove the folder, which deletes its items, or name another one with --data.`,
    });
    await dynamodb.stop();
  });

  it('brings its tables back when dynalite dies', async () => {
    const fault = Promise.withResolvers<string>();
    const dynalite = startDynalite({ ...options, data, onFault: fault.resolve });
    const upstream = createUpstream(dynalite.address, options.region);
    await dynalite.address();
    process.kill(dynalite.pid ?? 0, 'SIGKILL');
    expect(await fault.promise).toContain(`Restarting it on ${data}.`);
    const { output } = await upstream.call('GetItem', { TableName: 'items', Key: { id: { S: 'kept' } } });
    expect(output.Item).toEqual(item);
    upstream.close();
    await dynalite.stop();
  });
});

describe('a folder that cannot be', () => {
  it.each([
    [
      'a file',
      () => join(data, 'file'),
      /The data folder .*file cannot be created: a file with this name exists\. Name .*--data/,
    ],
    ['below a file', () => join(data, 'file', 'x'), /a file with this name exists/],
    ['without a name', () => '', /^The data folder has no name\. Name another folder with --data/],
  ])('is rejected: %s', async (_name, folder, message) => {
    await writeFile(join(data, 'file'), '');
    const rejection = { code: 'INVALID_PARAMETER', message: expect.stringMatching(message) };
    await expect(start({ data: folder() })).rejects.toMatchObject(rejection);
  });
});

describe('tables in memory', () => {
  it('are deleted without complaint when they are lost', async () => {
    const fault = Promise.withResolvers<string>();
    const dynamodb = await createDynamoDb({ ...options, onFault: fault.resolve });
    await dynamodb.createTable(table('items'));
    process.kill(dynamodb.pid ?? 0, 'SIGKILL');
    await fault.promise;
    await dynamodb.deleteTable('items');
    await dynamodb.stop();
  });

  it('are lost when dynalite dies, and that is said', async () => {
    const fault = Promise.withResolvers<string>();
    const dynalite = startDynalite({ ...options, onFault: fault.resolve });
    await dynalite.address();
    process.kill(dynalite.pid ?? 0, 'SIGKILL');
    expect(await fault.promise).toContain('Its tables were in memory and are lost');
    await expect(dynalite.address()).rejects.toThrow('dynalite has ended');
    await dynalite.stop();
  });
});

describe('an endpoint of the user', () => {
  it('is used instead of dynalite, and keeps its tables', async () => {
    const theirs = startDynalite({ ...options, isOpen: true, onFault: () => {} });
    const endpoint = urlOf(await theirs.address()).href;
    const first = await createDynamoDb({ ...options, endpoint });
    await first.createTable(table('items'));
    await call(first.endpoint, 'PutItem', { TableName: 'items', Item: item });
    await first.deleteTable('items');
    await first.stop();
    const second = await createDynamoDb({ ...options, endpoint });
    await second.createTable(table('items'));
    expect(await get(second)).toEqual(item);
    await second.stop();
    await theirs.stop();
  });

  it.each<[string, (reply: ServerResponse) => unknown, RegExp, { timeout?: number }]>([
    [
      'hangs',
      () => {},
      /^DynamoDB at http.* has not responded to CreateTable within 0.05 s\. Start a DynamoDB there.*--dynamodb-endpoint/,
      { timeout: 50 },
    ],
    ['is none', (reply) => reply.end('<html>'), /cannot be used: the server is not a DynamoDB endpoint\. Start/, {}],
    ['hangs up', (reply) => reply.destroy(), /cannot be used: socket hang up\. Start/, {}],
  ])('is named when it %s', async (_name, answer, message, limit) => {
    const server = createServer((_request, reply) => answer(reply)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dynamodb = await createDynamoDb({ ...options, endpoint, ...limit });
    const rejection = { code: 'DATABASE_UNREACHABLE', message: expect.stringMatching(message) };
    await expect(dynamodb.createTable(table('items'))).rejects.toMatchObject(rejection);
    await dynamodb.stop();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    const gone = await createDynamoDb({ ...options, endpoint });
    await expect(gone.createTable(table('items'))).rejects.toThrow(/cannot be used: connect ECONNREFUSED .*--dynamodb-endp/);
    await gone.stop();
  });

  it('must be a URL', async () => {
    await expect(createDynamoDb({ ...options, endpoint: 'localhost:8000' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
    });
  });
});
