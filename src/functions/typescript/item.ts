// Converts items between JSON and the form in which DynamoDB stores them.
import { decimal } from './decimal.ts';
import { type Json, parseJson } from './json.ts';
import { Problem } from './problem.ts';

/** DynamoDB's JSON form of a value. Items of this API have no binary and no sets. */
export type AttributeValue =
  | { readonly NULL: true }
  | { readonly BOOL: boolean }
  | { readonly S: string }
  | { readonly N: string }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

/** Attributes by name. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/** An item as the table holds it. */
export interface StoredItem {
  readonly id: { readonly S: string };
  readonly version: { readonly N: string };
  readonly createdAt: { readonly S: string };
  readonly updatedAt: { readonly S: string };
  /** What belongs to the client. */
  readonly attributes: { readonly M: AttributeMap };
  /**
   * The requests that created and last replaced the item: an attempt whose answer got lost knows its own
   * work again.
   */
  readonly createRequest?: { readonly S: string };
  readonly updateRequest?: { readonly S: string };
}

/** Size of an item in bytes that DynamoDB takes. */
const itemLimit = 400 * 1024;

export const tooLarge = (): Problem =>
  new Problem('item-too-large', 'Send an item of at most 400 KB, names included.');

/**
 * Unreserved characters of URLs, so that an id is its own path segment; `.` and `..` would be resolved
 * away.
 */
export const idPattern = /^(?!\.{1,2}$)[A-Za-z0-9._~:@-]{1,128}$/;

/**
 * Reads an item from a request body: its id, if it names one, and the client's attributes.
 * Throws the problem that names what is wrong and where.
 */
export const parseItem = (body: string): { id?: string; attributes: AttributeMap } => {
  // Each comma stands for a byte of the item at least, and a character for a sixth: parsing what is sure
  // to be refused would take more time and memory than a small function has.
  let commas = 0;
  for (let at = body.indexOf(','); at >= 0; at = body.indexOf(',', at + 1)) commas++;
  if (commas > itemLimit || body.length > 6 * itemLimit) throw tooLarge();
  let json: Json;
  try {
    json = parseJson(body);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep('the body');
    throw new Problem('invalid-json', 'Send one JSON object as the body (RFC 8259).');
  }
  if (!isObject(json))
    throw new Problem('invalid-item', 'Send a JSON object: an item is a set of named attributes.');
  const { id, version, createdAt, updatedAt, ...attributes } = json;
  if (id === undefined) return { attributes: attributeMap(attributes, '', 1) };
  if (typeof id !== 'string' || !idPattern.test(id)) {
    throw new Problem(
      'invalid-item',
      'id must be a string of 1 to 128 characters from A-Z a-z 0-9 . _ ~ : @ - other than "." and "..".',
    );
  }
  return { id, attributes: attributeMap(attributes, '', 1) };
};

/** The item as clients see it, ready for JSON.stringify, every number as DynamoDB holds it. */
export const renderItem = ({ id, version, createdAt, updatedAt, attributes }: StoredItem): Json => ({
  id: id.S,
  version: JSON.rawJSON(version.N),
  createdAt: createdAt.S,
  updatedAt: updatedAt.S,
  ...renderMap(attributes.M),
});

// Object.fromEntries and object spread define properties, where an assignment to `__proto__` would set a
// prototype.
const renderMap = (map: AttributeMap): { readonly [name: string]: Json } =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, render(value)]));

const render = (value: AttributeValue): Json => {
  if ('S' in value) return value.S;
  // DynamoDB has a notation of its own.
  if ('N' in value) return JSON.rawJSON(decimal(value.N) ?? value.N);
  if ('M' in value) return renderMap(value.M);
  if ('L' in value) return value.L.map(render);
  return 'BOOL' in value ? value.BOOL : null;
};

const attributeMap = (
  object: { readonly [name: string]: Json },
  path: string,
  level: number,
): AttributeMap =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const at = path ? `${path}.${name}` : name;
      // DynamoDB takes no empty name and none over 65,535 bytes.
      if (name === '' || !name.isWellFormed() || Buffer.byteLength(name) > 65535) {
        throw new Problem(
          'invalid-item',
          `An attribute name in ${short(path) || 'the item'} is empty, too long or not valid Unicode.`,
        );
      }
      return [name, attributeValue(value, at, level)];
    }),
  );

const attributeValue = (value: Json, path: string, level: number): AttributeValue => {
  if (value === null) return { NULL: true };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'string') {
    // A lone surrogate has no UTF-8 form: it would come back as another character.
    if (!value.isWellFormed())
      throw new Problem('invalid-item', `${short(path)} is not valid Unicode: it has a lone surrogate.`);
    return { S: value };
  }
  if (typeof value === 'number' || JSON.isRawJSON(value)) {
    const N = decimal(typeof value === 'number' ? String(value) : value.rawJSON);
    if (N !== undefined) return { N };
    throw new Problem(
      'invalid-item',
      `${short(path)} is a number that cannot be kept exactly: ` +
        'send at most 38 significant digits between 1E-130 and 9.99E+125, or a string.',
    );
  }
  // Level 1 is the item's own map; DynamoDB ends at 32 levels, the last of which a scalar must be.
  if (level > 30) throw tooDeep(path);
  if (isObject(value)) return { M: attributeMap(value, path, level + 1) };
  return { L: value.map((element, index) => attributeValue(element, `${path}[${index}]`, level + 1)) };
};

/** A path for a message. Names come from the client and may be long. */
const short = (path: string): string => path.slice(0, 200);

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

const tooDeep = (path: string) =>
  new Problem(
    'invalid-item',
    `${short(path)} is nested too deep: an item holds 30 levels of objects and arrays.`,
  );
