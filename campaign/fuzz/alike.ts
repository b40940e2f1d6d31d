import { json, type Response } from '../ground/client.ts';

/** The part of a response that must be equal in all editions. */
export interface Comparable {
  readonly status: number | undefined;
  readonly problem: unknown;
  readonly type: string | undefined;
  readonly hasTag: boolean;
  readonly location: string | undefined;
  readonly replayed: string | undefined;
  readonly body: string;
}

/**
 * Removes from a response what differs between editions: generated ids, times, request ids and entity tags. The body of a page is
 * also removed, because generated ids determine which items are on it.
 */
export const comparable = (response: Response, isPage: boolean): Comparable => {
  const { status, headers, text } = response;
  return {
    status,
    problem: json(response).type,
    type: headers['content-type'],
    hasTag: headers.etag !== undefined,
    location: headers.location && withoutGenerated(headers.location),
    replayed: headers['idempotency-replayed']?.toString(),
    body: isPage && status === 200 ? '' : withoutGenerated(text),
  };
};

const withoutGenerated = (text: string): string =>
  text
    // A detail can contain the tag of an item that another session may have created.
    .replace(/\\"[\w-]{22}\\"/g, 'TAG')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, 'TIME');

/** Returns the first difference in one line; undefined if there is none. */
export const difference = (one: Comparable, other: Comparable): string | undefined => {
  const isTooDeep = [one, other].some(({ status, body }) => status === 400 && /"The item is nested too deep:/.test(body));
  const names = (Object.keys(one) as (keyof Comparable)[]).filter((key) => one[key] !== other[key]);
  // A parser stops at its stack limit. The parser of the other edition may first find the next fault of the same body.
  const [name] = isTooDeep ? names.filter((key) => key !== 'body') : names;
  return name && `${name}: ${excerpt(one[name], other[name])} and ${excerpt(other[name], one[name])}`;
};

/** Returns the text of a value around the first difference from another value. */
const excerpt = (value: unknown, other: unknown): string => {
  const [text, otherText] = [String(value), String(other)];
  let at = 0;
  while (at < text.length && text[at] === otherText[at]) at++;
  const begin = Math.max(0, at - 40);
  return `${begin > 0 ? '…' : ''}${text.slice(begin, at + 60)}`;
};
