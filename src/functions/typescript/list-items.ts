// GET /items: reads one page of items with one Scan, or with one Query of an index.

import { defaultPageSize, pageSizeLimit } from './contract.ts';
import { cursorOf, idOf, lookUpOf, queryInput, startKey } from './look-up.ts';
import { Problem } from './problem.ts';
import { collectionPath } from './request.ts';
import { createHandler } from './respond.ts';
import { read } from './store.ts';
import { renderItem } from './stored-item.ts';

/**
 * The most bytes of a page. Lambda returns 6 MB at most, in which each quote and backslash of the page is
 * escaped once more.
 */
const pageLimit = 2_800_000;

export const lambda_handler = createHandler('ListItems', async (request) => {
  collectionPath(request);
  const { limit = String(defaultPageSize), cursor } = request.event.queryStringParameters ?? {};
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > pageSizeLimit) {
    throw new Problem('invalid-parameter', `limit must be a whole number from 1 to ${pageSizeLimit}.`);
  }
  const lookUp = lookUpOf(request);
  const { items = [], lastId } = await read({
    action: lookUp ? 'Query' : 'Scan',
    input: {
      Limit: Number(limit),
      // A Scan can be consistent, so that clients read what they wrote. An index cannot.
      ...(lookUp ? queryInput(lookUp) : { ConsistentRead: true }),
      ...(cursor !== undefined && { ExclusiveStartKey: startKey(idOf(cursor, lookUp), lookUp) }),
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
  const next = last === undefined ? '' : `,"nextCursor":"${cursorOf(JSON.parse(last), lookUp)}"`;
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: `{"items":[${texts}]${next}}`,
  };
});
