// GET /items/{id}: reads an item with one consistent GetItem.

import { evaluateReadPreconditions } from './precondition.ts';
import { pathId } from './request.ts';
import { createHandler, itemResponse, notFound } from './respond.ts';
import { read } from './store.ts';
import { entityTag } from './stored-item.ts';

export const lambda_handler = createHandler('GetItem', async (request) => {
  const id = pathId(request);
  const { item } = await read({
    action: 'GetItem',
    // A consistent read, so that clients read what they wrote.
    input: { Key: { id: { S: id } }, ConsistentRead: true },
    deadline: request.deadline,
  });
  if (item === undefined) throw notFound(id);
  return evaluateReadPreconditions(request, id, item)
    ? itemResponse(200, item)
    : { status: 304, headers: { ETag: entityTag(item) } };
});
