// POST /items: creates an item with one PutItem that never replaces another.
import { randomUUID } from 'node:crypto';
import { parseItem } from './item.ts';
import { Problem } from './problem.ts';
import { bodyText, handle, itemAnswer } from './respond.ts';
import { sha256 } from './sign.ts';
import { call } from './store.ts';

export const lambda_handler = handle('CreateItem', async (request) => {
  const text = bodyText(request);
  const { id: chosenId, attributes } = parseItem(text);
  const key = request.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem(
      'invalid-parameter',
      'Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.',
    );
  }
  const keyHash = key && sha256(key);
  const id = chosenId ?? (keyHash ? uuidOf(keyHash) : randomUUID());
  const now = new Date().toISOString();
  const item = {
    id: { S: id },
    version: { N: '1' },
    createdAt: { S: now },
    updatedAt: { S: now },
    attributes: { M: attributes },
    createRequest: { S: keyHash ? `${keyHash}:${sha256(text)}` : request.requestId },
  };
  const { conditionFailed, output } = await call(
    'PutItem',
    {
      Item: item,
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    request.deadline,
    true,
  );
  const path = request.event.requestContext.path.replace(/\/$/, '');
  const headers = { Location: `${path}/${id}` };
  if (!conditionFailed) return itemAnswer(201, item, headers);

  const first = output.Item;
  if (first?.createRequest?.S === item.createRequest.S) {
    // The same request made the item before. What it was answered then follows from the request and the
    // time.
    const answer = { ...item, createdAt: first.createdAt, updatedAt: first.createdAt };
    return itemAnswer(201, answer, key ? { ...headers, 'Idempotency-Replayed': 'true' } : headers);
  }
  if (keyHash && first?.createRequest?.S.startsWith(keyHash)) {
    throw new Problem('idempotency-key-reused', 'Send each new item with an Idempotency-Key of its own.');
  }
  throw new Problem(
    'id-taken',
    `There is an item with the id "${id}" already: choose another, or change that one with PUT.`,
  );
});

/** A UUID of version 8 (RFC 9562, 5.8) from the first 128 bits of a hash. */
const uuidOf = (hash: string): string =>
  [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
