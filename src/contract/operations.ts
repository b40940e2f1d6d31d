import type { ModelName } from './item.ts';
import type { QueryParameterName, RequestHeaderName } from './parameters.ts';
import type { ProblemSlug } from './problems.ts';

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
  /** Status of each success, and each problem of its own. Any may fail with `internal-error` and `store-unavailable`, too. */
  readonly success: readonly number[];
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
    success: [201],
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
    success: [200],
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
    success: [200, 304],
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
    success: [200],
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
    success: [204],
    problems: ['invalid-parameter', 'item-not-found', 'precondition-failed'],
  },
] as const satisfies readonly Operation[];
