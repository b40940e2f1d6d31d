import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeGaps } from '../../../src/twin/dynamodb/dynalite-gaps.ts';
import { createTable } from '../../../src/twin/dynamodb/tables.ts';
import { createUpstream } from '../../../src/twin/dynamodb/upstream.ts';

// In this process, where the iterators of its database can be counted.
const require = createRequire(import.meta.url);
const ofDynalite = createRequire(require.resolve('dynalite'));

interface Resource {
  readonly constructor: { readonly name: string };
}

/** Iterators that are open. */
const open = new Set<Resource>();
/** Told when an iterator is closed. */
let onClosed = (): void => {};
const { AbstractLevel } = createRequire(ofDynalite.resolve('level'))('abstract-level');
const { attachResource, detachResource } = AbstractLevel.prototype;
AbstractLevel.prototype.attachResource = function (resource: Resource) {
  open.add(resource);
  return attachResource.call(this, resource);
};
AbstractLevel.prototype.detachResource = function (resource: Resource) {
  open.delete(resource);
  onClosed();
  return detachResource.call(this, resource);
};

const folder = mkdtempSync(join(tmpdir(), 'items-iterators-'));
let server: Server;
const upstream = createUpstream(
  async () => ({ url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) }),
  'us-east-1',
);
beforeAll(async () => {
  closeGaps();
  server = require('dynalite')({ path: folder, createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  upstream.close();
  server.close();
  await once(server, 'close');
  rmSync(folder, { recursive: true });
});

it('a scan or a query leaves no iterator open, whether it ends at its limit or at the last item', async () => {
  const TableName = 'items';
  const input = {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
  const configuration = { tableName: TableName, region: 'us-east-1', accountId: '123456789012', input };
  await createTable(upstream, configuration, { place: folder, remedy: '' });
  for (let n = 0; n < 10; n++) await upstream.call('PutItem', { TableName, Item: { id: { S: `item-${n}` } } });
  const before = open.size;
  for (let n = 0; n < 5; n++) {
    expect((await upstream.call('Scan', { TableName, Limit: 3 })).output).toMatchObject({ Count: 3 });
    expect((await upstream.call('Scan', { TableName })).output).toMatchObject({ Count: 10 });
    const query = {
      TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'item-0' } },
    };
    expect((await upstream.call('Query', query)).output).toMatchObject({ Count: 1 });
  }
  // An iterator is closed after the answer.
  const closed = Promise.withResolvers<void>();
  onClosed = () => open.size <= before && closed.resolve();
  onClosed();
  await closed.promise;
  expect(open.size).toBeLessThanOrEqual(before);
});
