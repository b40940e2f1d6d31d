import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createDynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, signed } from './client.ts';

it('an answer that nobody waits for any more does not keep its connection to the database', async () => {
  const answering = Promise.withResolvers<ServerResponse>();
  const database = createServer((_request, response) => {
    // The beginning of an answer, and no end.
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).write('{');
    answering.resolve(response);
  }).listen(0, '127.0.0.1');
  await once(database, 'listening');
  const endpoint = `http://127.0.0.1:${(database.address() as AddressInfo).port}`;
  const dynamodb = await createDynamoDb({ ...account, endpoint });
  try {
    const controller = new AbortController();
    const request = await signed(dynamodb.endpoint, 'Scan', { TableName: 'items' });
    const response = fetch(dynamodb.endpoint, { ...request, signal: controller.signal });
    const closed = once(await answering.promise, 'close');
    controller.abort();
    await expect(response).rejects.toThrow('aborted');
    await closed;
  } finally {
    await dynamodb.stop();
    database.closeAllConnections();
    database.close();
  }
});

it('a request from a subnet that is deleted under it gets no answer, and does no harm', async () => {
  const dynamodb = await createDynamoDb({ ...account, endpoint: 'http://127.0.0.1:1' });
  const endpoint = await dynamodb.endpointFor({ subnetIds: ['subnet-gone'], securityGroupIds: ['sg-gone'] });
  const sent = request(endpoint, { method: 'POST', headers: { Expect: '100-continue' } });
  const ended = once(sent, 'error');
  // The server says so in the moment in which it handles the request.
  sent.flushHeaders();
  await once(sent, 'continue');
  await dynamodb.stop();
  await expect(ended).resolves.toMatchObject([{ code: 'ECONNRESET' }]);
});
