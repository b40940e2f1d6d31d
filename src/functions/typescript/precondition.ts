import type { AttributeValue, StoredItem } from './item.ts';
import { Problem } from './problem.ts';
import type { Request } from './respond.ts';
import { entityTag, notFound } from './respond.ts';

/** A condition of DynamoDB and the values it names. */
export interface Condition {
  readonly expression: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/**
 * If-Match (RFC 9110, 13.1.1) as a condition: the item exists and, unless the header is absent or `*`, has one of the
 * versions that its strong tags name. A tag that none of our items can have never matches.
 */
export const ifMatch = ({ header }: Request): Condition => {
  const value = header('if-match');
  if (value === undefined || value.trim() === '*') return { expression: 'attribute_exists(id)', values: {} };
  const versions = [...value.matchAll(/(W\/)?"([1-9]\d{0,15})"/g)]
    .filter(([, weak]) => !weak)
    .map(([, , version = '']) => version);
  if (versions.length > 100) throw new Problem('invalid-parameter', 'If-Match may name at most 100 entity tags.');
  // No item is ever at version 0.
  const values = Object.fromEntries(
    (versions.length ? versions : ['0']).map((version, index) => [`:v${index}`, { N: version }]),
  );
  return { expression: `attribute_exists(id) AND version IN (${Object.keys(values)})`, values };
};

/** Whether If-None-Match (RFC 9110, 13.1.2, weak comparison) names the item's tag: then a GET is answered with 304. */
export const noneMatchFails = ({ header }: Request, item: StoredItem): boolean => {
  const value = header('if-none-match') ?? '';
  return value.trim() === '*' || [...value.matchAll(/"[^"]*"/g)].some(([tag]) => tag === entityTag(item));
};

/** The problem behind a failed condition: DynamoDB returned the item it was held against, or there is none. */
export const conditionProblem = (id: string, item: StoredItem | undefined): Problem =>
  item
    ? new Problem(
        'precondition-failed',
        `The item is at version ${item.version.N}: read it again and repeat with If-Match: ${entityTag(item)}.`,
      )
    : notFound(id);
