import { type Entity, entities, wordsOf } from '../contract/entities.ts';
import type { AttributeSchema } from '../contract/entity-schema.ts';
import { idPattern, idRule, itemRule, numberRule } from '../contract/item.ts';
import { pageSize } from '../contract/parameters.ts';
import { sampleAttributes } from '../contract/sample.ts';
import type { Json, Schema } from './types.ts';

/** Returns example attributes that a client sends to an entity. */
export const exampleAttributes = (entity: Entity): { readonly [name: string]: Json } =>
  entity.name === 'Item' ? { name: 'Table lamp', price: 39.9, tags: ['oak', 'linen'] } : sampleAttributes(entity);

/** Returns the id of examples. */
export const exampleId = ({ name }: Entity): string =>
  name === 'Item' ? 'lamp' : `${wordsOf({ name, path: '' }).one.replaceAll(' ', '-')}-1`;

/** Returns an example item of an entity, as in responses. */
export const exampleItem = (entity: Entity): { readonly [name: string]: Json } => ({
  id: exampleId(entity),
  version: 1,
  createdAt: '2026-11-22T15:00:50.726Z',
  updatedAt: '2026-11-22T15:00:50.726Z',
  ...exampleAttributes(entity),
});

/** Returns the names of the schemas of an entity. */
export const schemaNames = ({ name }: Entity) => ({
  item: name,
  create: `New${name}`,
  replacement: `${name}Replacement`,
  page: `${name}Page`,
});

const id: Schema = {
  type: 'string',
  pattern: idPattern,
  description: `Names the item in its path: ${idRule}.`,
};

const attributes: Schema = { $ref: '#/components/schemas/AttributeValue' };

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });

/** Returns the schemas of the bodies of an entity, by name. */
const entitySchemas = (entity: Entity): Readonly<Record<string, Schema>> => {
  const names = schemaNames(entity);
  const { one, aOne, many } = wordsOf(entity);
  const { schema } = entity;
  const { required = [] } = schema ?? {};
  const properties = Object.fromEntries(Object.entries(withIndexes(entity)).map(([name, own]) => [name, described(own)]));
  const additionalProperties = schema ? additional(schema) : attributes;
  const kept = schema ? `It may have been written before its schema changed. ` : '';
  return {
    [names.item]: {
      type: 'object',
      description:
        `${capital(aOne)}: four attributes of the server, and ${schema ? 'those of its schema' : 'whatever the client has given it'}. ${kept}`.trim(),
      required: ['id', 'version', 'createdAt', 'updatedAt', ...required],
      properties: {
        id: { ...id, description: `Names the ${one} in its path: ${idRule}.` },
        version: {
          type: 'integer',
          minimum: 1,
          description: `Counts the writes of the ${one}, for people. Conditions use the entity tag.`,
        },
        createdAt: time(`When the ${one} was created, in UTC.`),
        updatedAt: time(`When the ${one} was last written, in UTC.`),
        ...properties,
      },
      additionalProperties,
    },
    [names.create]: {
      type: 'object',
      description: `The attributes of a new ${one}, ${itemRule}. \`version\`, \`createdAt\` and \`updatedAt\` are ignored.`,
      ...(required.length > 0 && { required }),
      properties: {
        id: { ...id, description: `The id, if the client chooses it: ${idRule}.` },
        ...ignored(entity),
        ...properties,
      },
      propertyNames: { minLength: 1 },
      additionalProperties,
    },
    [names.replacement]: {
      type: 'object',
      description: `All attributes of the ${one} from now on, ${itemRule}. \`version\`, \`createdAt\` and \`updatedAt\` are ignored.`,
      ...(required.length > 0 && { required }),
      properties: {
        id: { ...id, description: 'The id, if it is sent: as in the path.' },
        ...ignored(entity),
        ...properties,
      },
      propertyNames: { minLength: 1 },
      additionalProperties,
    },
    [names.page]: {
      type: 'object',
      description: many === 'items' ? 'A page of a list.' : `A page of a list of ${many}.`,
      required: ['items'],
      properties: {
        items: { type: 'array', maxItems: pageSize.most, items: { $ref: `#/components/schemas/${names.item}` } },
        nextCursor: {
          type: 'string',
          pattern: '^[A-Za-z0-9_-]+$',
          description: 'The `cursor` of the next page; the last page has none.',
        },
      },
      additionalProperties: false,
    },
  };
};

/** Returns the attributes of the schema, and those with an index, whose values are strings of 1 to 1,024 bytes. */
const withIndexes = ({ indexes = [], schema }: Entity): Readonly<Record<string, AttributeSchema>> => {
  const own = schema?.properties ?? {};
  const keys = indexes.map((name) => {
    const { minLength = 1, maxLength = 1024, ...rest } = own[name] ?? {};
    return [
      name,
      { type: 'string', ...rest, minLength: Math.max(1, minLength), maxLength: Math.min(1024, maxLength) },
    ] as const;
  });
  return { ...own, ...Object.fromEntries(keys) };
};

/** Returns the server's attributes if a schema allows no further attributes, because clients may still send them back. */
const ignored = ({ schema }: Entity): Readonly<Record<string, Schema>> =>
  schema?.additionalProperties === undefined || schema.additionalProperties === true
    ? {}
    : { version: attributes, createdAt: attributes, updatedAt: attributes };

/** Returns the schema of an attribute. Whatever it does not specify may have any attribute value. */
const described = (schema: AttributeSchema): Schema => {
  const {
    properties,
    items,
    additionalProperties: _,
    ...rest
  } = schema as AttributeSchema & { readonly [keyword: string]: Json };
  const isUntyped = schema.type === undefined && schema.enum === undefined;
  const mayBeObject = schema.type === undefined || [schema.type].flat().includes('object');
  const mayBeArray = schema.type === undefined || [schema.type].flat().includes('array');
  return {
    ...(isUntyped && { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] }),
    ...rest,
    ...(items ? { items: described(items) } : mayBeArray && !schema.enum && !isUntyped && { items: attributes }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, own]) => [name, described(own)])),
    }),
    ...(mayBeObject && !schema.enum && { propertyNames: { minLength: 1 }, additionalProperties: additional(schema) }),
  };
};

const additional = ({ additionalProperties = true }: AttributeSchema): Json => {
  if (additionalProperties === false) return false;
  return additionalProperties === true ? attributes : described(additionalProperties);
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The schemas of bodies, by name. */
export const schemas: Readonly<Record<string, Schema>> = {
  ...Object.assign({}, ...entities.map(entitySchemas)),
  AttributeValue: {
    description: `Any JSON value. Numbers are kept exactly, with ${numberRule}. JavaScript and other languages whose numbers are doubles round integers beyond 2^53 and long fractions when they parse JSON: send such numbers as strings, or use a parser that keeps them. Objects and arrays nest in 30 levels.`,
    type: ['string', 'number', 'boolean', 'null', 'array', 'object'],
    propertyNames: { minLength: 1 },
    additionalProperties: attributes,
  },
  Problem: {
    type: 'object',
    description: 'Problem details (RFC 9457).',
    required: ['type', 'detail', 'instance', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri', description: 'The kind of problem, for programs. It ends in the slug.' },
      title: { type: 'string', description: 'The kind of problem, for people.' },
      status: { type: 'integer', minimum: 400, maximum: 599, description: 'The status of the response.' },
      detail: { type: 'string', minLength: 1, description: 'What is wrong with this request, and how to correct it.' },
      instance: { type: 'string', format: 'uri', description: 'The request id as a URI.' },
      requestId: { type: 'string', minLength: 1, description: 'The id of the request in the logs, as in x-amzn-RequestId.' },
    },
    additionalProperties: false,
  },
};
