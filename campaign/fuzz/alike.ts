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
 * Removes from a response what differs from edition to edition: generated ids, times, request ids and entity tags. The body of a page
 * is left out: which items are on it depends on their generated ids.
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
    // In a detail, which names the tag of an item that another session may have created.
    .replace(/\\"[\w-]{22}\\"/g, 'TAG')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, 'TIME');

/** The first difference in one line, or undefined if there is none. */
export const difference = (one: Comparable, other: Comparable): string | undefined => {
  const isTooDeep = [one, other].some(({ status, body }) => status === 400 && /"The item is nested too deep:/.test(body));
  const names = (Object.keys(one) as (keyof Comparable)[]).filter((key) => one[key] !== other[key]);
  // A parser gives up where its stack ends, before the other edition's finds the next fault of the same body.
  const [name] = isTooDeep ? names.filter((key) => key !== 'body') : names;
  return name && `${name}: ${excerpt(one[name], other[name])} and ${excerpt(other[name], one[name])}`;
};

/** The text of a value around the place where it begins to differ from another. */
const excerpt = (value: unknown, other: unknown): string => {
  const [text, otherText] = [String(value), String(other)];
  let at = 0;
  while (at < text.length && text[at] === otherText[at]) at++;
  const begin = Math.max(0, at - 40);
  return `${begin > 0 ? '…' : ''}${text.slice(begin, at + 60)}`;
};
