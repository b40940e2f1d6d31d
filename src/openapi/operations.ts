import { type Operation, operations } from '../contract/operations.ts';
import type { Success } from '../contract/responses.ts';
import { problemResponses } from './problem-responses.ts';
import { exampleAttributes, exampleItem } from './schemas.ts';
import type { Json, OpenApiDocument, OperationObject, Reference, ResponseObject } from './types.ts';

/** The operations of the contract, by path and method. */
export const paths = (): OpenApiDocument['paths'] =>
  Object.fromEntries(
    [...Map.groupBy<string, Operation>(operations, ({ path }) => path)].map(([path, own]) => [
      path,
      Object.fromEntries(own.map((operation) => [operation.method.toLowerCase(), operationObject(operation)])),
    ]),
  );

const operationObject = (operation: Operation): OperationObject => ({
  operationId: operationId(operation.name),
  summary: operation.description,
  description: operation.details ?? `${operation.description}.`,
  tags: ['items'],
  parameters: parametersOf(operation),
  ...(operation.model && { requestBody: requestBody(operation) }),
  responses: {
    ...Object.fromEntries(operation.success.map((success) => [success.status, successResponse(operation, success)])),
    ...problemResponses(operation),
  },
});

const parametersOf = ({ path, query = [], headers = [] }: Operation): Reference[] =>
  [...(path.includes('{id}') ? ['id'] : []), ...query, ...headers, 'X-Correlation-Id'].map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }));

const requestBody = ({ method }: Operation): NonNullable<OperationObject['requestBody']> => {
  const isNew = method === 'POST';
  return {
    required: true,
    description: isNew ? 'The new item.' : 'The attributes of the item.',
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${isNew ? 'NewItem' : 'ItemReplacement'}` },
        examples: { lamp: { value: isNew ? { id: 'lamp', ...(exampleAttributes as object) } : exampleAttributes } },
      },
    },
  };
};

const successResponse = ({ method }: Operation, { description, body, headers = [] }: Success): ResponseObject => ({
  description,
  headers: Object.fromEntries(
    [...headers, 'x-amzn-RequestId' as const].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  ),
  ...(body && {
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${body}` },
        examples: { lamp: { value: body === 'Item' ? itemAfter(method) : { items: [exampleItem], nextCursor: 'bGFtcA' } } },
      },
    },
  }),
  ...(method === 'POST' && { links: linksToItem() }),
});

/** `getItem` for GetItem. */
const operationId = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The item of the examples after a request: a write of an item that exists makes a new version. */
const itemAfter = (method: string): Json =>
  method === 'GET' || method === 'POST'
    ? exampleItem
    : { ...(exampleItem as object), version: 2, updatedAt: '2026-11-22T15:01:12.030Z' };

/** Links to the operations on an item that was created. */
const linksToItem = (): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    operations
      .filter(({ path }) => path.includes('{id}'))
      .map(({ name }) => [
        name,
        {
          operationId: operationId(name),
          parameters: { id: '$response.body#/id' },
        },
      ]),
  );
