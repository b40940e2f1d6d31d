// GET /items: reads one page of items with one Scan.

import { defaultPageSize, idPattern, pageSizeLimit } from './contract.ts';
import { Problem } from './problem.ts';
import { collectionPath } from './request.ts';
import { handle } from './respond.ts';
import { read } from './store.ts';
import { renderItem } from './stored-item.ts';

/**
 * The most bytes of a page. Lambda returns 6 MB at most, in which each quote and backslash of the page is
 * escaped once more.
 */
const pageLimit = 2_800_000;

export const lambda_handler = handle('ListItems', async (request) => {
  collectionPath(request);
  const { limit = String(defaultPageSize), cursor } = request.event.queryStringParameters ?? {};
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > pageSizeLimit) {
    throw new Problem('invalid-parameter', `limit must be a whole number from 1 to ${pageSizeLimit}.`);
  }
  const { items = [], lastId } = await read({
    action: 'Scan',
    input: {
      Limit: Number(limit),
      // Consistent reads, so that clients read what they wrote.
      ConsistentRead: true,
      ...(cursor !== undefined && { ExclusiveStartKey: { id: { S: idOf(cursor) } } }),
    },
    deadline: request.deadline,
  });
  // The first item is returned however large it is: a page must not be empty.
  const texts: string[] = [];
  let size = 0;
  for (const item of items) {
    const text = renderItem(item);
    size += Buffer.byteLength(text);
    if (texts.length > 0 && size > pageLimit) break;
    texts.push(text);
  }
  const last = texts.length < items.length ? items[texts.length - 1]?.id : lastId;
  const next = last === undefined ? '' : `,"nextCursor":"${cursorOf(JSON.parse(last))}"`;
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: `{"items":[${texts}]${next}}`,
  };
});

/** A cursor names the id after which its page begins. */
const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

const idOf = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (idPattern.test(id) && cursorOf(id) === cursor) return id;
  throw new Problem('invalid-parameter', 'cursor must be the nextCursor of an earlier page, unchanged.');
};
