import type { ItemsClient } from './client.ts';
import { type Item, readItem, type Tagged, tagged } from './items.ts';
import type { components } from './schema.ts';

/** All attributes of an item after an update. The names that belong to the server are ignored. */
export type ItemReplacement = components['schemas']['ItemReplacement'];

/**
 * Changes an item without losing what others change (optimistic locking). It reads the item and writes what `change` returns, on
 * condition that the item is still the one that was read. If it is not (412), it begins again with the read, with `attempts`
 * reads at most, 10 if absent. `change` can therefore be called more than once.
 *
 * Throws a ProblemError: of type precondition-failed if every attempt came too late, of type store-unavailable if the write may
 * or may not have been applied. The same is unknown after the TypeError of a lost connection: read the item before you repeat.
 */
export const updateItem = async (
  client: ItemsClient,
  id: string,
  change: (item: Item) => ItemReplacement,
  { attempts = 10 }: { readonly attempts?: number } = {},
): Promise<Tagged> => {
  for (let attempt = 1; ; attempt++) {
    const { item, etag } = await readItem(client, id);
    const params = { path: { id }, header: { 'If-Match': etag } };
    const result = await client.PUT('/items/{id}', { params, body: change(item), parseAs: 'text' });
    const isTooLate = result.error?.type === 'urn:items-api:problem:precondition-failed';
    if (!isTooLate || attempt >= attempts) return tagged(result);
  }
};
