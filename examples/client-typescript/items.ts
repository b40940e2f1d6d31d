import type { ItemsClient } from './client.ts';
import { parseExact } from './numbers.ts';
import { dataOf } from './problem.ts';
import type { components } from './schema.ts';

export type Item = components['schemas']['Item'];
export type NewItem = components['schemas']['NewItem'];

/** An item and its entity tag, which makes a write conditional. A number that a double would round is an ExactNumber. */
export interface Tagged {
  readonly item: Item;
  readonly etag: string;
}

/**
 * Creates an item once, even if the request is sent several times: after 429, 503 or a lost connection, the client repeats it
 * with the same key. To repeat the create even after a crash, store the key with the order that the item is for. `isReplay` is
 * true if an earlier request with the key created the item. Throws a ProblemError.
 */
export const createItem = async (
  client: ItemsClient,
  body: NewItem,
  key: string = crypto.randomUUID(),
): Promise<Tagged & { readonly isReplay: boolean }> => {
  const result = await client.POST('/items', { params: { header: { 'Idempotency-Key': key } }, body, parseAs: 'text' });
  return { ...tagged(result), isReplay: result.response.headers.has('idempotency-replayed') };
};

/** Reads an item. Throws a ProblemError, of type item-not-found if there is none. */
export const readItem = async (client: ItemsClient, id: string): Promise<Tagged> =>
  tagged(await client.GET('/items/{id}', { params: { path: { id } }, parseAs: 'text' }));

/**
 * Deletes an item. With an entity tag, it does so only if nobody has changed the item since the tag was read. Throws a
 * ProblemError: of type item-not-found or precondition-failed.
 */
export const deleteItem = async (client: ItemsClient, id: string, etag?: string): Promise<void> => {
  const header = etag === undefined ? {} : { 'If-Match': etag };
  dataOf(await client.DELETE('/items/{id}', { params: { path: { id }, header } }));
};

/** Returns the item and the entity tag of a response. Throws a ProblemError if the response is a problem. */
export const tagged = (result: Parameters<typeof dataOf<string>>[0]): Tagged => ({
  // This parses the text, not the value that openapi-fetch parses: an update would write a rounded number back.
  item: parseExact<Item>(dataOf(result)),
  etag: result.response.headers.get('etag') ?? '',
});
