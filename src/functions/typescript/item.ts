// Reads items from request bodies and checks them against DynamoDB's limits.

import type { AttributeMap, AttributeValue } from './attribute-value.ts';
import {
  idPattern,
  idRule,
  itemLimit,
  itemRule,
  levelLimit,
  numberRule,
  serverOwned,
  valueLimit,
} from './contract.ts';
import { decimal } from './decimal.ts';
import { checkAttributes } from './entity.ts';
import { type Json, JsonNumber, type JsonObject, parseJson, setMember } from './json.ts';
import { Problem } from './problem.ts';

export const tooLarge = (): Problem => new Problem('item-too-large', `Send an item of ${itemRule}.`);

/**
 * Reads an item from a request body: its id, if the body has one, and the client's attributes. What GET
 * returned can be sent back, so the server's own attributes are ignored.
 */
export const parseItem = (body: string): { id?: string; attributes: AttributeMap } => {
  if (isSurelyTooLarge(body)) throw tooLarge();
  const item = parseObject(body);
  const { id } = item;
  if (id === undefined) return { attributes: new ItemConverter().attributes(item) };
  if (typeof id !== 'string' || !idPattern.test(id)) {
    throw new Problem('invalid-item', `id must be a string of ${idRule}.`);
  }
  return { id, attributes: new ItemConverter().attributes(item) };
};

/**
 * Returns true if a body is too large. Parsing it would take more time and memory than a small function
 * has: six bytes of JSON make one byte of an item at least, as do a comma and an opening bracket.
 */
const isSurelyTooLarge = (body: string): boolean => {
  if (Buffer.byteLength(body) > 6 * itemLimit) return true;
  let count = 0;
  for (const character of [',', '[', '{']) {
    for (let at = body.indexOf(character); at >= 0; at = body.indexOf(character, at + 1)) count++;
  }
  return count > itemLimit;
};

const parseObject = (body: string): JsonObject => {
  let json: Json;
  try {
    json = parseJson(body);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw new Problem('invalid-json', 'Send one JSON object as the body (RFC 8259).');
  }
  if (isObject(json)) return json;
  throw new Problem('invalid-item', 'Send a JSON object: an item is a set of named attributes.');
};

/** Converts one item to DynamoDB's JSON and stops at the limits. */
class ItemConverter {
  /**
   * Bytes of the item so far, as the DynamoDB Developer Guide counts them in "Item sizes and formats".
   * Where that says "approximately", this is the least: DynamoDB decides what fits.
   */
  #bytes = 0;
  #values = 0;
  /** The name or index at each level, for the message of an error. */
  readonly #path: (string | number)[] = [];

  attributes(item: JsonObject): AttributeMap {
    const names = Object.keys(item).filter((name) => !serverOwned.includes(name));
    const attributes = this.#map(item, names, 0);
    this.#checkLimits();
    checkAttributes(attributes);
    return attributes;
  }

  /** `level` is the level of the members: 0 for those of the item itself. */
  #map(object: JsonObject, names: readonly string[], level: number): AttributeMap {
    const map: Record<string, AttributeValue> = {};
    for (const name of names) {
      // DynamoDB takes no empty name and none over 65,535 bytes.
      const bytes = Buffer.byteLength(name);
      if (name === '' || bytes > 65535 || !name.isWellFormed()) {
        const where = level === 0 ? 'the item' : this.#where(level);
        throw new Problem(
          'invalid-item',
          `An attribute name in ${where} is empty, too long or not valid Unicode.`,
        );
      }
      this.#bytes += bytes;
      this.#path[level] = name;
      setMember(map, name, this.#value(object[name] as Json, level + 1));
    }
    return map;
  }

  #list(elements: readonly Json[], level: number): AttributeValue[] {
    return elements.map((element, index) => {
      this.#path[level] = index;
      return this.#value(element, level + 1);
    });
  }

  /** `level` is the level of what the value contains. */
  #value(value: Json, level: number): AttributeValue {
    this.#checkLimits();
    this.#values++;
    // In a list or map, each value takes a byte beside its own.
    this.#bytes += 1;
    if (typeof value === 'string') return this.#string(value, level);
    if (value instanceof JsonNumber) return this.#number(value, level);
    if (value === null || typeof value === 'boolean') {
      this.#bytes += 1;
      return value === null ? { NULL: true } : { BOOL: value };
    }
    if (level > levelLimit) throw tooDeep();
    this.#bytes += 3;
    return isObject(value)
      ? { M: this.#map(value, Object.keys(value), level) }
      : { L: this.#list(value, level) };
  }

  #string(value: string, level: number): AttributeValue {
    if (!value.isWellFormed()) {
      // It has no UTF-8 form and would come back as another character.
      const where = this.#where(level);
      throw new Problem('invalid-item', `${where} is not valid Unicode: it has a lone surrogate.`);
    }
    this.#bytes += Buffer.byteLength(value);
    return { S: value };
  }

  #number({ text }: JsonNumber, level: number): AttributeValue {
    const number = decimal(text);
    if (number === undefined) {
      throw new Problem(
        'invalid-item',
        `${this.#where(level)} is a number that cannot be kept exactly: send ${numberRule}, or a string.`,
      );
    }
    // It takes up to 21 bytes, for its significant digits.
    this.#bytes += 1;
    return { N: number };
  }

  #checkLimits(): void {
    if (this.#bytes > itemLimit || this.#values > valueLimit) throw tooLarge();
  }

  /** The path to what is wrong, such as `a.b[0]`. Names come from the client and may be long. */
  #where(level: number): string {
    const [name, ...rest] = this.#path.slice(0, level);
    const path = rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`));
    return `${name}${path.join('')}`.slice(0, 200);
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

const tooDeep = () =>
  new Problem(
    'invalid-item',
    `The item is nested too deep: it can have ${levelLimit} levels of objects and arrays.`,
  );
