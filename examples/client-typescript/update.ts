import type { ItemsClient } from './client.ts';
import { type Item, readItem, type Tagged, tagged } from './items.ts';
import type { components } from './schema.ts';

/** All attributes of an item after an update. Names that belong to the server are ignored. */
export type ItemReplacement = components['schemas']['ItemReplacement'];

/**
 * Changes an item without losing the changes of others (optimistic locking). It reads the item and writes the result of `change`,
 * on condition that the item is still the one that was read. If it is not (412), it reads the item again, with at most `attempts`
 * reads, 10 if absent. `change` can therefore be called more than once.
 *
 * Throws a ProblemError: of type precondition-failed if every attempt was too late, of type store-unavailable if the write may or
 * may not have been applied. The same applies to the TypeError of a lost connection: read the item before you repeat the update.
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
