import type { ModelName } from './item.ts';
import type { QueryParameterName, RequestHeaderName } from './parameters.ts';
import type { ProblemSlug } from './problems.ts';
import type { Success } from './responses.ts';

/** The methods that an operation can have. OPTIONS is for preflight requests. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

type Method = (typeof methods)[number];

/** One operation of the API: all that the template, the handlers' names and the conformance suite derive from. */
export interface Operation {
  /** Name in PascalCase; logical ids in the template begin with it. */
  readonly name: string;
  /** What it does, in a sentence that stands in the template. */
  readonly description: string;
  readonly method: Method;
  /** Path template as API Gateway writes it. */
  readonly path: `/${string}`;
  /** File name of the handler, without its ending: `create-item` is `create-item.ts` and `create_item.py`. */
  readonly handler: string;
  /** DynamoDB actions the function may use on the table, and no other. */
  readonly actions: readonly string[];
  /** Model that the gateway validates the body against. */
  readonly model?: ModelName;
  /** Headers of its own that the operation reads. */
  readonly headers?: readonly RequestHeaderName[];
  /** Query parameters; any other is an error. */
  readonly query?: readonly QueryParameterName[];
  /** More about it for those who write clients, in Markdown. */
  readonly details?: string;
  readonly success: readonly Success[];
  /** The problems of its own. Any operation may fail with `internal-error` and `store-unavailable`, too. */
  readonly problems: readonly ProblemSlug[];
}

/** The operations, in the order in which the template and the documents list them. */
export const operations = [
  {
    name: 'CreateItem',
    description: 'Creates an item under an id of its own or the one in the body',
    method: 'POST',
    path: '/items',
    handler: 'create-item',
    actions: ['dynamodb:PutItem'],
    model: 'Item',
    headers: ['Idempotency-Key'],
    details:
      'The item gets an id: the one in the body, or a new UUID. A create never replaces an item that exists. Send an `Idempotency-Key` and repeat a request that got no response or 503: it creates one item, however often it is sent.',
    success: [
      { status: 201, description: 'The new item.', body: 'Item', headers: ['ETag', 'Location', 'Idempotency-Replayed'] },
    ],
    problems: [
      'invalid-json',
      'invalid-item',
      'invalid-parameter',
      'path-not-found',
      'id-taken',
      'item-too-large',
      'unsupported-media-type',
      'idempotency-key-reused',
    ],
  },
  {
    name: 'ListItems',
    description: 'Lists items page by page, in no particular order',
    method: 'GET',
    path: '/items',
    handler: 'list-items',
    actions: ['dynamodb:Scan'],
    query: ['limit', 'cursor'],
    details:
      'Follow `nextCursor` until a page has none. An item that exists throughout is on exactly one page. Items that are created or deleted meanwhile may be on one, or not.',
    success: [{ status: 200, description: 'One page of items.', body: 'ItemPage' }],
    problems: ['invalid-parameter', 'path-not-found'],
  },
  {
    name: 'GetItem',
    description: 'Returns an item',
    method: 'GET',
    path: '/items/{id}',
    handler: 'get-item',
    actions: ['dynamodb:GetItem'],
    headers: ['If-Match', 'If-None-Match'],
    details:
      'Reads are consistent: after a write is acknowledged, every read returns it. With `If-None-Match` an item that the client has already is not sent again.',
    success: [
      { status: 200, description: 'The item.', body: 'Item', headers: ['ETag'] },
      { status: 304, description: 'The client has the item: If-None-Match names its entity tag.', headers: ['ETag'] },
    ],
    problems: ['invalid-parameter', 'item-not-found', 'precondition-failed'],
  },
  {
    name: 'UpdateItem',
    description: 'Replaces the attributes of an item',
    method: 'PUT',
    path: '/items/{id}',
    handler: 'update-item',
    actions: ['dynamodb:UpdateItem'],
    model: 'Item',
    headers: ['If-Match', 'If-None-Match'],
    details:
      'All attributes of the item are replaced by those in the body; the names that belong to the server are ignored, so what GET returned can be sent back. Send the entity tag that was read in `If-Match`: then no change of another client is lost. Without it the last write wins.',
    success: [{ status: 200, description: 'The item as it is now.', body: 'Item', headers: ['ETag'] }],
    problems: [
      'invalid-json',
      'invalid-item',
      'invalid-parameter',
      'item-not-found',
      'precondition-failed',
      'item-too-large',
      'unsupported-media-type',
    ],
  },
  {
    name: 'DeleteItem',
    description: 'Deletes an item',
    method: 'DELETE',
    path: '/items/{id}',
    handler: 'delete-item',
    actions: ['dynamodb:DeleteItem'],
    headers: ['If-Match', 'If-None-Match'],
    details: 'Send the entity tag that was read in `If-Match` to delete the item only if nobody has changed it.',
    success: [{ status: 204, description: 'The item is deleted.' }],
    problems: ['invalid-parameter', 'item-not-found', 'precondition-failed'],
  },
] as const satisfies readonly Operation[];
