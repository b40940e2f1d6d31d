// GET /items/{id}: reads an item with one consistent GetItem.
import { mayBeShown } from './precondition.ts';
import { entityTag, handle, itemAnswer, notFound, pathId } from './respond.ts';
import { call } from './store.ts';

/** The read is consistent, so that a client reads what it wrote. */
export const lambda_handler = handle('GetItem', async (request) => {
  const id = pathId(request);
  const { output } = await call(
    'GetItem',
    { Key: { id: { S: id } }, ConsistentRead: true },
    request.deadline,
    true,
  );
  const item = output.Item;
  if (!item) throw notFound(id);
  return mayBeShown(request, item)
    ? itemAnswer(200, item)
    : { status: 304, headers: { ETag: entityTag(item) } };
});
