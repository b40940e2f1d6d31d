// Copies indexed attributes to keys of their own, and looks items up by them.

import type { AttributeMap } from './attribute-value.ts';
import { idPattern } from './contract.ts';
import { indexes } from './entity.ts';
import { Problem } from './problem.ts';
import type { Request } from './request.ts';

/** An attribute with the value that a list is to have only. */
export interface LookUp {
  readonly attribute: string;
  readonly value: string;
}

/** The name of the index of an attribute, and of the key in it. */
export const indexName = (attribute: string): string => `index_${attribute}`;

/** The keys of an item in the indexes. It is in those of the attributes that it has. */
export const indexKeys = (attributes: AttributeMap): Record<string, { readonly S: string }> => {
  const keys: Record<string, { readonly S: string }> = {};
  for (const name of indexes) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (value === undefined) continue;
    if (!('S' in value) || !isKey(value.S)) {
      throw new Problem('invalid-item', `${name} must be ${keyRule}: lists can be looked up by it.`);
    }
    keys[indexName(name)] = value;
  }
  return keys;
};

/** Reads the attribute by which a list is looked up; undefined if it is to have all items. */
export const lookUpOf = ({ event }: Request): LookUp | undefined => {
  const query = event.queryStringParameters ?? {};
  const [attribute, other] = indexes.filter((name) => Object.hasOwn(query, name));
  if (attribute === undefined) return undefined;
  if (other !== undefined) {
    throw new Problem('invalid-parameter', `Look the list up by ${attribute} or ${other}, not by both.`);
  }
  const value = query[attribute] ?? '';
  if (!isKey(value)) throw new Problem('invalid-parameter', `${attribute} must be ${keyRule}.`);
  return { attribute, value };
};

/** The parts of a Query that a look-up needs. */
export const queryInput = ({ attribute, value }: LookUp): object => ({
  IndexName: indexName(attribute),
  KeyConditionExpression: `${indexName(attribute)} = :value`,
  ExpressionAttributeValues: { ':value': { S: value } },
});

/** The key after which a page begins. */
export const startKey = (id: string, lookUp: LookUp | undefined): object => ({
  id: { S: id },
  ...(lookUp && { [indexName(lookUp.attribute)]: { S: lookUp.value } }),
});

/** A cursor names the id after which its page begins, and what is looked up: it serves no other list. */
export const cursorOf = (id: string, lookUp: LookUp | undefined): string => {
  const content = lookUp ? JSON.stringify([lookUp.attribute, lookUp.value, id]) : id;
  return Buffer.from(content).toString('base64url');
};

/** The id in a cursor. Throws `invalid-parameter` for a cursor that this list cannot have made. */
export const idOf = (cursor: string, lookUp: LookUp | undefined): string => {
  const content = Buffer.from(cursor, 'base64url').toString();
  const id = lookUp ? (/"([^"]*)"\]$/.exec(content)?.[1] ?? '') : content;
  if (idPattern.test(id) && cursorOf(id, lookUp) === cursor) return id;
  throw new Problem(
    'invalid-parameter',
    'cursor must be the nextCursor of an earlier page of the same list, unchanged.',
  );
};

/** The most bytes that the sort key of an index can have; the partition key can have more. */
const keyLimit = 1024;

const keyRule = 'a string of 1 to 1,024 bytes';

const isKey = (value: string): boolean => value !== '' && Buffer.byteLength(value) <= keyLimit;
