import { type Entity, wordsOf } from '../contract/entities.ts';
import { type Operation, operations } from '../contract/operations.ts';
import type { Success } from '../contract/responses.ts';
import { problemResponses } from './problem-responses.ts';
import { exampleAttributes, exampleId, exampleItem, schemaNames } from './schemas.ts';
import type { Json, OpenApiDocument, OperationObject, Reference, ResponseObject } from './types.ts';

/** Returns the operations of the contract, by path and method. */
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
  tags: [operation.entity.path],
  parameters: parametersOf(operation),
  ...(operation.hasModel && { requestBody: requestBody(operation) }),
  responses: {
    ...Object.fromEntries(operation.success.map((success) => [success.status, successResponse(operation, success)])),
    ...problemResponses(operation),
  },
});

const parametersOf = ({ entity, path, query = [], headers = [] }: Operation): Reference[] => {
  const queries = query.map((name) => (entity.indexes?.includes(name) ? indexParameter(entity, name) : name));
  return [...(path.includes('{id}') ? ['id'] : []), ...queries, ...headers, 'X-Correlation-Id'].map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }));
};

/** Returns the name of the component for the query parameter of an index. */
export const indexParameter = ({ name }: Entity, attribute: string): string => `${name}.${attribute}`;

const requestBody = ({ method, entity }: Operation): NonNullable<OperationObject['requestBody']> => {
  const isNew = method === 'POST';
  const { one } = wordsOf(entity);
  const { create, replacement } = schemaNames(entity);
  const own = exampleAttributes(entity);
  return {
    required: true,
    description: isNew ? `The new ${one}.` : `The attributes of the ${one}.`,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${isNew ? create : replacement}` },
        examples: { [exampleId(entity)]: { value: isNew ? { id: exampleId(entity), ...own } : own } },
      },
    },
  };
};

const successResponse = ({ method, entity }: Operation, { description, body, headers = [] }: Success): ResponseObject => ({
  description,
  headers: Object.fromEntries(
    [...headers, 'x-amzn-RequestId' as const].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  ),
  ...(body && {
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${body}` },
        examples: { [exampleId(entity)]: { value: body === entity.name ? itemAfter(entity, method) : examplePage(entity) } },
      },
    },
  }),
  ...(method === 'POST' && { links: linksToItem(entity) }),
});

/** Returns `getItem` for GetItem. */
const operationId = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Returns the example item after a request. Replacing an item increments its version. */
const itemAfter = (entity: Entity, method: string): Json =>
  method === 'GET' || method === 'POST'
    ? exampleItem(entity)
    : { ...exampleItem(entity), version: 2, updatedAt: '2026-11-22T15:01:12.030Z' };

const examplePage = (entity: Entity): Json => ({
  items: [exampleItem(entity)],
  nextCursor: Buffer.from(exampleId(entity)).toString('base64url'),
});

/** Returns the links to the operations on a created item. */
const linksToItem = (entity: Entity): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    operations
      .filter((operation) => operation.entity === entity && operation.path.includes('{id}'))
      .map(({ name }) => [
        name,
        {
          operationId: operationId(name),
          parameters: { id: '$response.body#/id' },
        },
      ]),
  );
