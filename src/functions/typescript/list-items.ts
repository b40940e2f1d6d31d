// GET /items: reads one page of items with one Scan.
import { idPattern, renderItem } from './item.ts';
import { Problem } from './problem.ts';
import { handle } from './respond.ts';
import { call } from './store.ts';

/** `cursor` names the id after which the page begins. */
export const lambda_handler = handle('ListItems', async ({ event, deadline }) => {
  const { limit = '25', cursor } = event.queryStringParameters ?? {};
  if (!/^[1-9]\d?$|^100$/.test(limit))
    throw new Problem('invalid-parameter', 'limit must be a whole number from 1 to 100.');
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
  if (cursor !== undefined && !(idPattern.test(after) && cursorOf(after) === cursor)) {
    throw new Problem(
      'invalid-parameter',
      'cursor must be the nextCursor of an earlier page, unchanged.',
    );
  }
  const { output } = await call(
    'Scan',
    {
      Limit: Number(limit),
      ConsistentRead: true,
      ...(after && { ExclusiveStartKey: { id: { S: after } } }),
    },
    deadline,
    true,
  );
  const { Items: items = [], LastEvaluatedKey: lastKey } = output;
  const texts = items.map((item) => JSON.stringify(renderItem(item)));
  // Lambda answers with 6 MB at most, in which every quote and backslash of the body is escaped once
  // more.
  let size = 0;
  const first = texts.findIndex((text) => {
    size += Buffer.byteLength(text);
    return size > 2_800_000;
  });
  const count = first < 0 ? texts.length : Math.max(first, 1);
  const last = count < texts.length ? items[count - 1]?.id.S : lastKey?.id.S;
  const next = last === undefined ? '' : `,"nextCursor":"${cursorOf(last)}"`;
  const body = `{"items":[${texts.slice(0, count)}]${next}}`;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
});

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');
