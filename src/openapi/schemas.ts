import { idPattern, idRule, itemRule, numberRule } from '../contract/item.ts';
import { pageSize } from '../contract/parameters.ts';
import type { Json, Schema } from './types.ts';

/** An item as clients get it, for examples. */
export const exampleItem: Json = {
  id: 'lamp',
  version: 1,
  createdAt: '2026-11-22T15:00:50.726Z',
  updatedAt: '2026-11-22T15:00:50.726Z',
  name: 'Table lamp',
  price: 39.9,
  tags: ['oak', 'linen'],
};

const id: Schema = {
  type: 'string',
  pattern: idPattern,
  description: `Names the item in its path: ${idRule}.`,
};

const attributes: Schema = { $ref: '#/components/schemas/AttributeValue' };

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });

/** The schemas of bodies, by name. */
export const schemas: Readonly<Record<string, Schema>> = {
  Item: {
    type: 'object',
    description: 'An item: four attributes of the server, and whatever the client has given it.',
    required: ['id', 'version', 'createdAt', 'updatedAt'],
    properties: {
      id,
      version: {
        type: 'integer',
        minimum: 1,
        description: 'Counts the writes of the item, for people. Conditions use the entity tag.',
      },
      createdAt: time('When the item was created, in UTC.'),
      updatedAt: time('When the item was last written, in UTC.'),
    },
    additionalProperties: attributes,
  },
  NewItem: {
    type: 'object',
    description: `The attributes of a new item, ${itemRule}. \`version\`, \`createdAt\` and \`updatedAt\` are ignored.`,
    properties: { id: { ...id, description: `The id, if the client chooses it: ${idRule}.` } },
    propertyNames: { minLength: 1 },
    additionalProperties: attributes,
  },
  ItemReplacement: {
    type: 'object',
    description: `All attributes of the item from now on, ${itemRule}. \`version\`, \`createdAt\` and \`updatedAt\` are ignored.`,
    properties: { id: { ...id, description: 'The id, if it is sent: as in the path.' } },
    propertyNames: { minLength: 1 },
    additionalProperties: attributes,
  },
  ItemPage: {
    type: 'object',
    description: 'A page of a list.',
    required: ['items'],
    properties: {
      items: { type: 'array', maxItems: pageSize.most, items: { $ref: '#/components/schemas/Item' } },
      nextCursor: {
        type: 'string',
        pattern: '^[A-Za-z0-9_-]+$',
        description: 'The `cursor` of the next page; the last page has none.',
      },
    },
    additionalProperties: false,
  },
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

/** Attributes that a client sends, for examples. */
export const exampleAttributes: Json = { name: 'Table lamp', price: 39.9, tags: ['oak', 'linen'] };
