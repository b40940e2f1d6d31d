import type { Fault } from './faults/fault.ts';
import { json, type Response, seconds } from './ground/client.ts';
import type { Operation } from './operations.ts';
import { timeLimit } from './part.ts';
import type { Attempt } from './proxy/call.ts';

/*
 * Judges whether a response is correct, given the calls that DynamoDB carried out. The rules apply only if no other client
 * changes the item. In this order:
 *
 * 1. There must be a response, within 12 s.
 * 2. A write must not be applied twice.
 * 3. 503 is always correct. If the write was applied, the detail must say that it may have been: a client that reads only "try
 *    again" would apply it twice.
 * 4. 500 is correct if DynamoDB rejected the call for a reason that only we can fix (permissions, credentials, a malformed call),
 *    and nothing was applied. Any other 5xx is wrong.
 * 5. 404, 409, 412 and 422 are correct if they are true of the item before the request. They are also correct if DynamoDB
 *    returned the response that it returns in that case, because a function cannot detect the difference. Any other 4xx is wrong,
 *    because the request is valid.
 * 6. 2xx is correct if it is true. A write was applied; the item in the table has the content, version and entity tag of the
 *    response, or is deleted; a page has the items of DynamoDB's response.
 */

/** An item in the form that clients receive. */
export interface Item {
  readonly content: string;
  readonly version: number;
  readonly tag: string;
}

/** A request that had a fault, and the facts for judging the response. */
export interface Trial {
  readonly operation: Pick<Operation, 'action' | 'writes'>;
  readonly fault: Pick<Fault, 'ours' | 'believable'>;
  readonly response: Response;
  /** The calls of the function, as the proxy recorded them. */
  readonly attempts: readonly Attempt[];
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** The content of the request. */
  readonly content: string;
  /** The entity tag of the If-Match header. */
  readonly ifMatch?: string | undefined;
}

/** Returns why a response is wrong; undefined if it is correct. */
export const judge = (trial: Trial): string | undefined => {
  const { operation, fault, response, attempts } = trial;
  const { status, ms } = response;
  if (status === undefined) return `no response: ${response.text}`;
  if (ms > timeLimit) return `the response took ${seconds(ms)}`;
  const applied = attempts.filter(({ result }) => result?.wrote).length;
  if (applied > 1) return `the write was applied ${applied} times`;
  if (status === 503)
    return applied > 0 && !admitsWrite(response) ? '503 does not say that the write may have been applied' : undefined;
  if (status === 500 && fault.ours && applied === 0) return undefined;
  if (status >= 500) return `${status}${applied > 0 ? ', but the write was applied' : ''}`;
  if (fault.believable?.[operation.action]?.includes(status)) return undefined;
  if (status >= 400) return untrueError(trial, status);
  return operation.writes ? untrueWrite(trial, applied) : untrueRead(trial);
};

/** Returns true if the detail says that the write may have been applied. */
const admitsWrite = (response: Response): boolean => /may or may not have been applied/.test(String(json(response).detail));

const untrueError = ({ before, ifMatch, attempts }: Trial, status: number): string | undefined => {
  const own = attempts.some(({ result }) => result?.wrote) ? ', and the write was applied' : '';
  switch (status) {
    case 404:
      return before && `404, but the item existed${own}`;
    case 409:
      return before ? undefined : `409, but the item did not exist${own}`;
    case 412:
      return before && ifMatch !== undefined && before.tag !== ifMatch ? undefined : `412, but the condition held${own}`;
    default:
      return `${status}, but the request is valid`;
  }
};

const untrueWrite = (trial: Trial, applied: number): string | undefined => {
  const { operation, response, after, content } = trial;
  if (applied === 0) return `${response.status}, but the write was not applied`;
  if (operation.action === 'DeleteItem') return after && `${response.status}, but the item exists`;
  if (after?.content !== content) return `${response.status}, but the item has other content`;
  return difference(response, after);
};

const untrueRead = (trial: Trial): string | undefined => {
  const { operation, response, before, attempts } = trial;
  if (operation.action === 'Scan') return untruePage(response, attempts);
  if (before === undefined) return `${response.status}, but the item did not exist`;
  return difference(response, before);
};

const difference = (response: Response, item: Item): string | undefined => {
  const returned = itemIn(response);
  const wrong = (['content', 'version', 'tag'] as const).find((name) => returned?.[name] !== item[name]);
  return wrong && `${response.status} with ${wrong} ${returned?.[wrong]} instead of ${item[wrong]}`;
};

const untruePage = (response: Response, attempts: readonly Attempt[]): string | undefined => {
  const { items, nextCursor } = json(response);
  const ids = Array.isArray(items) ? items.map((item: { id?: unknown } | null) => item?.id) : [];
  const isPage = ({ result }: Attempt): boolean =>
    result?.status === 200 &&
    result.ids.length === ids.length &&
    result.ids.every((id, index) => id === ids[index]) &&
    result.more === (nextCursor !== undefined);
  return attempts.some(isPage) ? undefined : `${response.status} with other items than DynamoDB's page`;
};

/** Returns the item in the body of a response. */
export const itemIn = (response: Response): Item | undefined => {
  const { content, version } = json(response);
  const { etag: tag } = response.headers;
  if (typeof content !== 'string' || typeof version !== 'number' || tag === undefined) return undefined;
  return { content, version, tag };
};
