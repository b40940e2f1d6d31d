import type { Request } from './ground/client.ts';
import type { Action } from './proxy/call.ts';

export type FunctionName = 'CreateItem' | 'GetItem' | 'UpdateItem' | 'DeleteItem' | 'ListItems';

/** A form of request. The forms of an operation differ in which retries are safe. */
export interface Operation {
  readonly name: string;
  readonly function: FunctionName;
  readonly action: Action;
  readonly writes: boolean;
  request(subject: Subject): Request;
}

/** The item of a request. */
export interface Subject {
  readonly id: string;
  /** Entity tag of the existing item. */
  readonly tag: string;
  /** Content to write. */
  readonly content: string;
  /** Approximate size of the body. */
  readonly bodyBytes?: number | undefined;
}

/** Returns a request with a JSON body. */
export const withBody = (
  method: string,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Request => ({
  method,
  path,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const itemOf = ({ content, bodyBytes }: Subject): object => ({
  content,
  ...(bodyBytes !== undefined && { padding: 'x'.repeat(bodyBytes) }),
});

const create = { function: 'CreateItem', action: 'PutItem', writes: true } as const;
const update = { function: 'UpdateItem', action: 'UpdateItem', writes: true } as const;
const remove = { function: 'DeleteItem', action: 'DeleteItem', writes: true } as const;

export const operations: readonly Operation[] = [
  { name: 'POST', ...create, request: (subject) => withBody('POST', '/items', { id: subject.id, ...itemOf(subject) }) },
  {
    name: 'POST with Idempotency-Key',
    ...create,
    // The function derives the id of the item from the key.
    request: (subject) => withBody('POST', '/items', itemOf(subject), { 'Idempotency-Key': subject.id }),
  },
  {
    name: 'GET',
    function: 'GetItem',
    action: 'GetItem',
    writes: false,
    request: ({ id }) => ({ method: 'GET', path: `/items/${id}` }),
  },
  { name: 'PUT', ...update, request: (subject) => withBody('PUT', `/items/${subject.id}`, itemOf(subject)) },
  {
    name: 'PUT with If-Match',
    ...update,
    request: (subject) => withBody('PUT', `/items/${subject.id}`, itemOf(subject), { 'If-Match': subject.tag }),
  },
  { name: 'DELETE', ...remove, request: ({ id }) => ({ method: 'DELETE', path: `/items/${id}` }) },
  {
    name: 'DELETE with If-Match',
    ...remove,
    request: ({ id, tag }) => ({ method: 'DELETE', path: `/items/${id}`, headers: { 'If-Match': tag } }),
  },
  {
    name: 'GET list',
    function: 'ListItems',
    action: 'Scan',
    writes: false,
    request: () => ({ method: 'GET', path: '/items?limit=5' }),
  },
];
