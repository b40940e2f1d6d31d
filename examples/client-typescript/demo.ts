import { parseArgs } from 'node:util';
import { createItemsClient, type ItemsClient } from './client.ts';
import { createItem, deleteItem, readItem } from './items.ts';
import { listItems } from './list.ts';
import { exactNumber } from './numbers.ts';
import { isProblem } from './problem.ts';
import { updateItem } from './update.ts';

/*
 * Demonstrates the client: `node demo.ts URL [--sigv4 REGION] [--token TOKEN] [--api-key KEY]`. With --sigv4 it signs with the
 * credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. At the end it deletes the items that it created.
 */

const demo = async (client: ItemsClient): Promise<void> => {
  const key = crypto.randomUUID();
  const { item: lamp, etag } = await createItem(client, { name: 'Table lamp', stock: 5 }, key);
  console.log(`Created ${lamp.id}, version ${lamp.version}.`);
  const again = await createItem(client, { name: 'Table lamp', stock: 5 }, key);
  console.log(`Sent the same create again: ${again.isReplay ? 'the same item' : 'another item'}, ${again.item.id}.`);

  const sell = () => updateItem(client, lamp.id, (item) => ({ ...item, stock: Number(item.stock) - 1 }));
  await Promise.all([sell(), sell(), sell()]);
  const sold = await readItem(client, lamp.id);
  console.log(`Sold three at the same time: stock ${sold.item.stock}, version ${sold.item.version}.`);

  try {
    await deleteItem(client, lamp.id, etag);
  } catch (error) {
    if (!isProblem(error, 'urn:items-api:problem:precondition-failed')) throw error;
    console.log(`Did not delete it with its first entity tag: ${error.problem.type}.`);
  }

  const counter = await createItem(client, { name: 'Counter', ticks: exactNumber('9007199254740993') });
  const path = { id: counter.item.id };
  const rounded = await client.GET('/items/{id}', { params: { path } });
  console.log(`Stored 9007199254740993, which JSON.parse makes ${rounded.data?.ticks}.`);
  const renamed = await updateItem(client, path.id, (item) => ({ ...item, name: 'Odometer' }));
  console.log(`Renamed that item, and it still is ${JSON.stringify(renamed.item.ticks)}.`);

  let count = 0;
  // The page size of 1 shows that further pages are requested when they are needed.
  for await (const _item of listItems(client, 1)) if (++count === 2) break;
  console.log(`Listed ${count} items, one a page.`);

  await deleteItem(client, lamp.id, sold.etag);
  await deleteItem(client, counter.item.id);
  console.log('Deleted both.');
};

const credentials = () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('--sigv4 needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};

const client = (): ItemsClient => {
  const { values, positionals } = parseArgs({
    options: { sigv4: { type: 'string' }, token: { type: 'string' }, 'api-key': { type: 'string' } },
    allowPositionals: true,
  });
  const { sigv4: region, token, 'api-key': apiKey } = values;
  const [url] = positionals;
  if (url === undefined) throw new Error('Usage: node demo.ts URL [--sigv4 REGION] [--token TOKEN] [--api-key KEY]');
  return createItemsClient(url, {
    ...(region !== undefined && { sigv4: { region, credentials: credentials() } }),
    ...(token !== undefined && { token }),
    ...(apiKey !== undefined && { apiKey }),
  });
};

try {
  await demo(client());
} catch (error) {
  // fetch has the reason for a missing response only in the cause.
  const { message, cause } = error as Error;
  console.error(cause === undefined ? message : `${message}: ${(cause as Error).message}`);
  process.exitCode = 1;
}
