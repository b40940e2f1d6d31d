// POST /items: creates an item with one PutItem that never replaces another.

import { randomUUID } from 'node:crypto';
import { keyOwner } from './caller.ts';
import { idempotencyKeyPattern, idempotencyKeyRule } from './contract.ts';
import { parseItem } from './item.ts';
import { indexKeys } from './look-up.ts';
import { Problem } from './problem.ts';
import { bodyText, collectionPath, type Request } from './request.ts';
import { createHandler, itemResponse } from './respond.ts';
import { sha256 } from './sign.ts';
import { write } from './store.ts';
import { type NewItem, newWriteId, storedItem } from './stored-item.ts';

export const lambda_handler = createHandler('CreateItem', async (request) => {
  const path = collectionPath(request);
  const body = bodyText(request);
  const { id: chosenId, attributes } = parseItem(body);
  const key = idempotencyKey(request);
  const id = chosenId ?? (key === undefined ? randomUUID() : uuidOf(key));
  const now = new Date().toISOString();
  const writeId = newWriteId();
  const item: NewItem = {
    id: { S: id },
    version: { N: '1' },
    createdAt: { S: now },
    updatedAt: { S: now },
    attributes: { M: attributes },
    writeId: { S: writeId },
    createId: { S: writeId },
    ...indexKeys(attributes),
    ...(key !== undefined && { idempotencyKey: { S: key }, requestBody: { S: sha256(body) } }),
  };
  const { conditionFailed, output } = await write({
    action: 'PutItem',
    input: {
      Item: item,
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    deadline: request.deadline,
    // If the item is gone, another client may have deleted it, or it may never have been created.
    repeatable: false,
  });
  const created = storedItem(item);
  const headers = { Location: `${path}/${id}` };
  if (!conditionFailed) return itemResponse(201, created, headers);

  const existing = output.item;
  if (existing === undefined || key === undefined || existing.idempotencyKey !== `"${key}"`) {
    throw new Problem(
      'id-taken',
      `There is an item with the id "${id}" already. Choose another id, or change that item with PUT.`,
    );
  }
  if (existing.requestBody !== `"${sha256(body)}"`) {
    throw new Problem('idempotency-key-reused', 'Send each new item with an Idempotency-Key of its own.');
  }
  // The same request created the item. Repeat its response, with the time and the write id of that
  // creation.
  const { createdAt, createId } = existing;
  const first = { ...created, createdAt, updatedAt: createdAt, writeId: createId };
  return itemResponse(201, first, { ...headers, 'Idempotency-Replayed': 'true' });
});

/** A hash of the request's Idempotency-Key that another caller cannot have; undefined without a key. */
const idempotencyKey = ({ event, headers }: Request): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!idempotencyKeyPattern.test(key)) {
    throw new Problem('invalid-parameter', `Idempotency-Key must be ${idempotencyKeyRule}.`);
  }
  return sha256(JSON.stringify([...keyOwner(event), key]));
};

/** A UUID of version 8 (RFC 9562, 5.8) from the first 128 bits of a hash. */
const uuidOf = (hash: string): string =>
  [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
