import type { ItemsClient } from './client.ts';
import type { Item } from './items.ts';
import { parseExact } from './numbers.ts';
import { dataOf } from './problem.ts';
import type { components } from './schema.ts';

/**
 * Lists all items, in no particular order. It requests a page of up to `limit` items (1 to 100) when the previous items are
 * consumed, so a loop that ends early requests no more pages. An item that exists throughout is returned once. Throws a
 * ProblemError.
 */
export async function* listItems(client: ItemsClient, limit = 25): AsyncGenerator<Item, void, undefined> {
  let query: { limit: number; cursor?: string } = { limit };
  do {
    const text = dataOf(await client.GET('/items', { params: { query }, parseAs: 'text' }));
    const { items, nextCursor } = parseExact<components['schemas']['ItemPage']>(text);
    yield* items;
    query = { limit, ...(nextCursor !== undefined && { cursor: nextCursor }) };
  } while (query.cursor !== undefined);
}
