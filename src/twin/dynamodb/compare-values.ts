import type { AttributeValue } from './attribute-values.ts';
import { compareNumbers } from './numbers.ts';

/** Returns the type and the content of a value. A validated value has exactly one type. */
export const typeAndContent = (value: AttributeValue): readonly [type: string, content: unknown] => {
  for (const type in value) return [type, value[type]];
  return ['', undefined];
};

/** Returns true if two values are equal: the same type, sets in any order, lists and maps member by member. */
export const equalValues = (one: AttributeValue, other: AttributeValue): boolean => {
  const [type, content] = typeAndContent(one);
  const [otherType, otherContent] = typeAndContent(other);
  if (type !== otherType) return false;
  switch (type) {
    case 'N':
      return compareNumbers(String(content), String(otherContent)) === 0;
    case 'SS':
    case 'BS':
    case 'NS':
      return equalSets(content as readonly string[], otherContent as readonly string[]);
    case 'L': {
      const [list, otherList] = [content as readonly AttributeValue[], otherContent as readonly AttributeValue[]];
      return (
        list.length === otherList.length &&
        list.every((element, index) => equalValues(element, otherList[index] as AttributeValue))
      );
    }
    case 'M': {
      const [map, otherMap] = [content as Members, otherContent as Members];
      const names = Object.keys(map);
      return (
        names.length === Object.keys(otherMap).length &&
        names.every(
          (name) =>
            Object.hasOwn(otherMap, name) && equalValues(map[name] as AttributeValue, otherMap[name] as AttributeValue),
        )
      );
    }
    default:
      return content === otherContent;
  }
};

/**
 * Returns a number less than 0, 0 or more than 0 for two strings, binaries or numbers. As in DynamoDB, strings and binaries are
 * compared by bytes, numbers by value. Returns undefined for other types, and for values of different types.
 */
export const compareValues = (one: AttributeValue, other: AttributeValue): number | undefined => {
  const [type, content] = typeAndContent(one);
  const [otherType, otherContent] = typeAndContent(other);
  if (type !== otherType) return undefined;
  switch (type) {
    case 'N':
      return compareNumbers(String(content), String(otherContent));
    case 'S':
      return Buffer.compare(Buffer.from(String(content)), Buffer.from(String(otherContent)));
    case 'B':
      return Buffer.compare(bytesOf(content), bytesOf(otherContent));
    default:
      return undefined;
  }
};

/** Returns true if a string contains another, a binary another, or a set or list an element. */
export const containsValue = (container: AttributeValue, element: AttributeValue): boolean => {
  const [type, content] = typeAndContent(container);
  const [elementType, elementContent] = typeAndContent(element);
  if (type === 'L') return (content as readonly AttributeValue[]).some((member) => equalValues(member, element));
  if (type === 'S' && elementType === 'S') return String(content).includes(String(elementContent));
  if (type === 'B' && elementType === 'B') return bytesOf(content).includes(bytesOf(elementContent));
  if (type !== `${elementType}S`) return false;
  return (content as readonly string[]).some((member) =>
    equalValues({ [elementType]: member }, { [elementType]: elementContent }),
  );
};

/** Returns true if a string or a binary begins with another of the same type. */
export const beginsWith = (value: AttributeValue, prefix: AttributeValue): boolean => {
  const [type, content] = typeAndContent(value);
  const [prefixType, prefixContent] = typeAndContent(prefix);
  if (type !== prefixType) return false;
  if (type === 'S') return String(content).startsWith(String(prefixContent));
  if (type !== 'B') return false;
  const start = bytesOf(prefixContent);
  return bytesOf(content).subarray(0, start.length).equals(start);
};

type Members = Readonly<Record<string, AttributeValue>>;

const bytesOf = (content: unknown): Buffer => Buffer.from(String(content), 'base64');

/** Compares members as texts: validation has written each number of a set in one notation. */
const equalSets = (one: readonly string[], other: readonly string[]): boolean => {
  if (one.length !== other.length) return false;
  const members = new Set(other);
  return one.every((member) => members.has(member));
};
