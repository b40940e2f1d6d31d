import { idPattern, renderItem } from './item.ts';
import { Problem } from './problem.ts';
import { handle } from './respond.ts';
import { call } from './store.ts';

/** GET /items: one Scan of a page. `cursor` says after which id the page begins. */
export const lambda_handler = handle('ListItems', async ({ event, deadline }) => {
  const { limit = '25', cursor } = event.queryStringParameters ?? {};
  if (!/^[1-9]\d?$|^100$/.test(limit)) throw new Problem('invalid-parameter', 'limit must be a whole number from 1 to 100.');
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
  if (cursor !== undefined && !(idPattern.test(after) && cursorOf(after) === cursor)) {
    throw new Problem('invalid-parameter', 'cursor must be the nextCursor of an earlier page, unchanged.');
  }
  const { output } = await call(
    'Scan',
    { Limit: Number(limit), ConsistentRead: true, ...(after && { ExclusiveStartKey: { id: { S: after } } }) },
    deadline,
  );
  const last = output.LastEvaluatedKey?.id.S;
  const page = { items: output.Items?.map(renderItem) ?? [], ...(last !== undefined && { nextCursor: cursorOf(last) }) };
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(page) };
});

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');
