// Turns If-Match and If-None-Match (RFC 9110, 13.1) into conditions of DynamoDB.

import type { AttributeValue } from './attribute-value.ts';
import { entityTagLimit, entityTagsPattern, entityTagsRule } from './contract.ts';
import { Problem } from './problem.ts';
import type { Request } from './request.ts';
import { notFound } from './respond.ts';
import { entityTag, type StoredItem } from './stored-item.ts';

/** A condition of DynamoDB, with the values that it names. */
export interface WriteCondition {
  readonly expression: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
  /**
   * True if it holds for certain write ids only. A write changes the write id, so such a condition cannot
   * hold again after it, whatever other clients do: the write can be repeated.
   */
  readonly repeatable: boolean;
}

/**
 * Returns the condition of a write: the item exists, and its write id is one of If-Match and none of
 * If-None-Match.
 */
export const writeCondition = ({ headers }: Request): WriteCondition => {
  const parts = ['attribute_exists(id)'];
  const values: Record<string, AttributeValue> = {};
  const oneOf = (writeIds: readonly string[]): string => {
    // IN takes no empty list, and no item has the write id "none".
    const names = (writeIds.length ? writeIds : ['none']).map((writeId) => {
      const name = `:writeId${Object.keys(values).length}`;
      values[name] = { S: writeId };
      return name;
    });
    return `writeId IN (${names})`;
  };
  const match = namedWriteIds(headers, 'if-match');
  const noneMatch = namedWriteIds(headers, 'if-none-match');
  if (match !== undefined && match !== '*') parts.push(oneOf(match));
  if (noneMatch !== undefined) parts.push(noneMatch === '*' ? oneOf([]) : `NOT ${oneOf(noneMatch)}`);
  const repeatable = match !== undefined && match !== '*';
  return { expression: parts.join(' AND '), values, repeatable };
};

/**
 * Evaluates the same headers for an item that was read. Returns false for 304: the client has the item.
 * Throws `precondition-failed` for 412.
 */
export const evaluateReadPreconditions = (
  { headers }: Request,
  id: string,
  item: StoredItem,
): boolean => {
  const names = (writeIds: readonly string[] | '*' | undefined): boolean =>
    writeIds === '*' || !!writeIds?.some((writeId) => entityTag(item) === `"${writeId}"`);
  const match = namedWriteIds(headers, 'if-match');
  if (match !== undefined && !names(match)) throw conditionProblem(id, item);
  return !names(namedWriteIds(headers, 'if-none-match'));
};

/** The problem of a condition that failed for this item, or because there is none. */
export const conditionProblem = (id: string, item: StoredItem | undefined): Problem => {
  if (item === undefined) return notFound(id);
  const tag = entityTag(item);
  return new Problem(
    'precondition-failed',
    `The item has version ${item.version} and the entity tag ${tag}. ` +
      `Read it again and repeat the request with If-Match: ${tag}.`,
  );
};

/**
 * The write ids in the entity tags of a header. If-Match compares strongly, so weak tags do not count in
 * it. Tags that this API does not make match no item.
 */
const namedWriteIds = (
  headers: Request['headers'],
  name: 'if-match' | 'if-none-match',
): readonly string[] | '*' | undefined => {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (!entityTagsPattern.test(value)) {
    throw new Problem('invalid-parameter', `${name} must be ${entityTagsRule}.`);
  }
  if (value.trim() === '*') return '*';
  const tags = [...value.matchAll(/(W\/)?"([^"]*)"/g)];
  if (tags.length > entityTagLimit) {
    throw new Problem('invalid-parameter', `${name} can have at most ${entityTagLimit} entity tags.`);
  }
  return tags.flatMap(([, weak, tag = '']) =>
    /^[\w-]{22}$/.test(tag) && !(weak && name === 'if-match') ? [tag] : [],
  );
};
