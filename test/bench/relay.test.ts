import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certificateAuthority, consumedCapacity, type Relay, startRelay } from '../../bench/relay.ts';

it('doubles what dynalite says of a Scan that is consistent, and of nothing else', () => {
  const answer = JSON.stringify({ ConsumedCapacity: { CapacityUnits: 1.5 } });
  const units = (asked: object): number => consumedCapacity(JSON.stringify(asked), answer);
  expect(units({ TableName: 't', ConsistentRead: true })).toBe(3);
  expect(units({ TableName: 't' })).toBe(1.5);
  expect(units({ TableName: 't', Key: {}, ConsistentRead: true })).toBe(1.5);
  expect(consumedCapacity('{}', JSON.stringify({ __type: 'ConditionalCheckFailedException' }))).toBe(0);
});

/** Answers with what it was asked, and that it took a unit. */
const echo = createServer(async (incoming, outgoing) => {
  const body = await textOf(incoming);
  outgoing.end(JSON.stringify({ asked: body && JSON.parse(body), ConsumedCapacity: { CapacityUnits: 1 } }));
});
let relay: Relay;
beforeAll(async () => {
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  relay = await startRelay(new URL(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`));
});
afterAll(async () => {
  await relay.stop();
  echo.close();
});

it('hands a request on as it is, over TLS, until it is to count', async () => {
  expect(await ask('{"TableName":"t"}')).toEqual({ TableName: 't' });
  relay.count();
  expect(await ask('{"TableName":"t"}')).toEqual({ TableName: 't', ReturnConsumedCapacity: 'TOTAL' });
  expect(await ask()).toBe('');
  expect(relay.count()).toEqual({ calls: 1, capacityUnits: 1, connections: 2 });
  expect(relay.count()).toEqual({ calls: 0, capacityUnits: 0, connections: 0 });
});

/** What got to the other side: a call of DynamoDB's with a body, and a look whether it is healthy without one. */
const ask = async (body?: string): Promise<unknown> => {
  const headers = body === undefined ? {} : { 'X-Amz-Target': 'DynamoDB_20120810.Scan' };
  const sent = request(relay.url, {
    method: body === undefined ? 'GET' : 'POST',
    ca: readFileSync(certificateAuthority),
    headers,
    agent: false,
  }).end(body);
  const [answer] = await once(sent, 'response');
  return JSON.parse(await textOf(answer)).asked;
};

const textOf = async (message: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += chunk;
  return text;
};
