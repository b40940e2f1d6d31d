// Turns If-Match and If-None-Match (RFC 9110, 13.1) into DynamoDB conditions.
import type { AttributeValue, StoredItem } from './item.ts';
import { Problem } from './problem.ts';
import { entityTag, notFound, type Request } from './respond.ts';

/** A condition of DynamoDB and the values it names. */
export interface Condition {
  readonly expression: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
  /** It holds for certain versions only, so that it cannot hold twice for one request. */
  readonly once: boolean;
}

/**
 * If-Match and If-None-Match (RFC 9110, 13.1) of a request that changes an item, as a condition on the
 * item that must be there: its version is one that If-Match names by a strong tag, and none that
 * If-None-Match names.
 */
export const precondition = (request: Request): Condition => {
  const parts = ['attribute_exists(id)'];
  const values: Record<string, AttributeValue> = {};
  const oneOf = (versions: readonly string[]): string => {
    // No item is ever at version 0.
    const names = (versions.length ? versions : ['0']).map((version) => {
      const name = `:v${Object.keys(values).length}`;
      values[name] = { N: version };
      return name;
    });
    return `version IN (${names})`;
  };
  const [match, noneMatch] = [
    namedVersions(request, 'if-match'),
    namedVersions(request, 'if-none-match'),
  ];
  if (match && match !== '*') parts.push(oneOf(match));
  if (noneMatch) parts.push(noneMatch === '*' ? oneOf([]) : `NOT ${oneOf(noneMatch)}`);
  return { expression: parts.join(' AND '), values, once: !!match && match !== '*' };
};

/** What the same headers say of an item that was read: 412 as a problem, 304 as false. */
export const mayBeShown = (request: Request, item: StoredItem): boolean => {
  const named = (versions: readonly string[] | '*' | undefined): boolean =>
    versions === '*' || !!versions?.includes(item.version.N);
  const match = namedVersions(request, 'if-match');
  if (match && !named(match)) throw conditionProblem(item.id.S, item);
  return !named(namedVersions(request, 'if-none-match'));
};

/**
 * The problem behind a failed condition: DynamoDB returned the item it was held against, or there is
 * none.
 */
export const conditionProblem = (id: string, item: StoredItem | undefined): Problem => {
  if (!item) return notFound(id);
  const version = item.version.N;
  const tag = entityTag(item);
  return new Problem(
    'precondition-failed',
    `The item is at version ${version}: read it again and repeat with If-Match: ${tag}.`,
  );
};

/**
 * The versions that a header's entity tags name; If-Match compares them strongly, so weak ones do not
 * count there.
 */
const namedVersions = ({ header }: Request, name: string): readonly string[] | '*' | undefined => {
  const value = header(name);
  if (value === undefined) return undefined;
  if (value.trim() === '*') return '*';
  const tags = [...value.matchAll(/(W\/)?"([^"]*)"/g)];
  if (tags.length > 50)
    throw new Problem('invalid-parameter', `${name} may name at most 50 entity tags.`);
  return tags.flatMap(([, weak, tag = '']) =>
    /^[1-9]\d{0,15}$/.test(tag) && !(weak && name === 'if-match') ? [tag] : [],
  );
};
