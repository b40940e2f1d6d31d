import { collectionName, collectionOf, type Entity, entities, wordsOf } from './entities.ts';
import type { RequestHeaderName } from './parameters.ts';
import type { ProblemSlug } from './problems.ts';
import type { Success } from './responses.ts';

/** The methods that an operation can have. OPTIONS is for preflight requests. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

type Method = (typeof methods)[number];

/** One operation of the API: all that the template, the handlers' names and the conformance suite derive from. */
export interface Operation {
  readonly entity: Entity;
  /** Name in PascalCase; logical ids in the template begin with it. */
  readonly name: string;
  /** Description of what it does, in a sentence that is written into the template. */
  readonly description: string;
  readonly method: Method;
  /** Path template as API Gateway writes it. */
  readonly path: `/${string}`;
  /** File name of the handler, without its ending: `create-item` is `create-item.ts` and `create_item.py`. */
  readonly handler: string;
  /** DynamoDB actions that the function may use on the table of the entity, and no other. */
  readonly actions: readonly string[];
  /** DynamoDB actions that the function may use on the indexes of that table, and no other. */
  readonly indexActions?: readonly string[];
  /** True if the gateway validates the body against the model of the entity. */
  readonly hasModel?: true;
  /** Headers of its own that the operation reads. */
  readonly headers?: readonly RequestHeaderName[];
  /** Query parameters, those of `queryParameters` and indexes of the entity; any other is an error. */
  readonly query?: readonly string[];
  /** More about it for those who write clients, in Markdown. */
  readonly details?: string;
  readonly success: readonly Success[];
  /** The problems of its own. Any operation may fail with `internal-error` and `store-unavailable`, too. */
  readonly problems: readonly ProblemSlug[];
}

/** The operations on an entity. */
const operationsOn = (entity: Entity): readonly Omit<Operation, 'entity'>[] => {
  const { name, indexes = [] } = entity;
  const collection = collectionOf(entity);
  const { one, aOne, many } = wordsOf(entity);
  return [
    {
      name: `Create${name}`,
      description: `Creates ${aOne} under an id of its own or the one in the body`,
      method: 'POST',
      path: collection,
      handler: 'create-item',
      actions: ['dynamodb:PutItem'],
      hasModel: true,
      headers: ['Idempotency-Key'],
      details: `The ${one} gets an id: the one in the body, or a new UUID. A create never replaces ${aOne} that exists. Send an \`Idempotency-Key\` and repeat a request that got no response or 503: it creates one ${one}, however often it is sent.`,
      success: [
        { status: 201, description: `The new ${one}.`, body: name, headers: ['ETag', 'Location', 'Idempotency-Replayed'] },
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
      name: `List${collectionName(entity)}`,
      description: `Lists ${many} page by page, in no particular order`,
      method: 'GET',
      path: collection,
      handler: 'list-items',
      actions: ['dynamodb:Scan'],
      ...(indexes.length > 0 && { indexActions: ['dynamodb:Query'] }),
      query: ['limit', 'cursor', ...indexes],
      details: `Follow \`nextCursor\` until a page has none. ${capital(aOne)} that exists throughout is on exactly one page. ${capital(many)} that are created or deleted meanwhile may be on one, or not.${lookUpDetails(indexes)}`,
      success: [{ status: 200, description: `One page of ${many}.`, body: `${name}Page` }],
      problems: ['invalid-parameter', 'path-not-found'],
    },
    {
      name: `Get${name}`,
      description: `Returns ${aOne}`,
      method: 'GET',
      path: `${collection}/{id}`,
      handler: 'get-item',
      actions: ['dynamodb:GetItem'],
      headers: ['If-Match', 'If-None-Match'],
      details: `Reads are consistent: after a write is acknowledged, every read returns it. With \`If-None-Match\` ${aOne} that the client has already is not sent again.`,
      success: [
        { status: 200, description: `The ${one}.`, body: name, headers: ['ETag'] },
        { status: 304, description: `The client has the ${one}: If-None-Match names its entity tag.`, headers: ['ETag'] },
      ],
      problems: ['invalid-parameter', 'item-not-found', 'precondition-failed'],
    },
    {
      name: `Update${name}`,
      description: `Replaces the attributes of ${aOne}`,
      method: 'PUT',
      path: `${collection}/{id}`,
      handler: 'update-item',
      actions: ['dynamodb:UpdateItem'],
      hasModel: true,
      headers: ['If-Match', 'If-None-Match'],
      details: `All attributes of the ${one} are replaced by those in the body; the names that belong to the server are ignored, so what GET returned can be sent back. Send the entity tag that was read in \`If-Match\`: then no change of another client is lost. Without it the last write wins.`,
      success: [{ status: 200, description: `The ${one} as it is now.`, body: name, headers: ['ETag'] }],
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
      name: `Delete${name}`,
      description: `Deletes ${aOne}`,
      method: 'DELETE',
      path: `${collection}/{id}`,
      handler: 'delete-item',
      actions: ['dynamodb:DeleteItem'],
      headers: ['If-Match', 'If-None-Match'],
      details: `Send the entity tag that was read in \`If-Match\` to delete the ${one} only if nobody has changed it.`,
      success: [{ status: 204, description: `The ${one} is deleted.` }],
      problems: ['invalid-parameter', 'item-not-found', 'precondition-failed'],
    },
  ];
};

/** The operations on all entities, in the order in which the template and the documents list them. */
export const operations: readonly Operation[] = entities.flatMap((entity) =>
  operationsOn(entity).map((operation) => ({ entity, ...operation })),
);

/** More about a list that can be looked up. */
function lookUpDetails(indexes: readonly string[]): string {
  if (indexes.length === 0) return '';
  const names = indexes.map((name) => `\`${name}\``).join(' or ');
  return ` With ${names} the list has only what has that value, in the order of ids. Such a look-up is eventually consistent: it may miss what was written within the last moments.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
