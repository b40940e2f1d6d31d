// Defines what the table holds of an item, and reads items from DynamoDB's JSON.

import { randomBytes } from 'node:crypto';
import type { AttributeMap, AttributeValue } from './attribute-value.ts';
import { decimal } from './decimal.ts';
import { JsonReader } from './json.ts';

/** An item as it is written to the table, in DynamoDB's JSON. */
export interface NewItem {
  readonly id: { readonly S: string };
  readonly version: { readonly N: string };
  readonly createdAt: { readonly S: string };
  readonly updatedAt: { readonly S: string };
  /** The client's own attributes, in a map so that no name can clash with the others. */
  readonly attributes: { readonly M: AttributeMap };
  /**
   * Drawn at random by the invocation that last wrote the item: the entity tag, and proof of who wrote.
   */
  readonly writeId: { readonly S: string };
  /** The first write id: a replay of the creation returns the first entity tag. */
  readonly createId: { readonly S: string };
  /** Hashes of the caller's Idempotency-Key and of the body, if the item was created with such a key. */
  readonly idempotencyKey?: { readonly S: string };
  readonly requestBody?: { readonly S: string };
}

/** The names that every item has. */
const itemNames = [
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'attributes',
  'writeId',
  'createId',
] as const;

/** An item as it was read. Each attribute is JSON text for a response, such as `"a"` with its quotes. */
export type StoredItem = Readonly<Record<(typeof itemNames)[number], string>> & {
  readonly idempotencyKey?: string;
  readonly requestBody?: string;
};

/**
 * A new write id: 128 random bits, so that none comes twice, in characters that an entity tag may have.
 */
export const newWriteId = (): string => randomBytes(16).toString('base64url');

/** The strong entity tag of an item: its write id in quotes. */
export const entityTag = ({ writeId }: StoredItem): string => writeId;

/** The item as clients see it. */
export const renderItem = ({ id, version, createdAt, updatedAt, attributes }: StoredItem): string => {
  const own = `"id":${id},"version":${version},"createdAt":${createdAt},"updatedAt":${updatedAt}`;
  return attributes === '{}' ? `{${own}}` : `{${own},${attributes.slice(1)}`;
};

/** A new item as it will be read. */
export const storedItem = (item: NewItem): StoredItem => ({
  id: JSON.stringify(item.id.S),
  version: item.version.N,
  createdAt: JSON.stringify(item.createdAt.S),
  updatedAt: JSON.stringify(item.updatedAt.S),
  attributes: renderMap(item.attributes.M),
  writeId: JSON.stringify(item.writeId.S),
  createId: JSON.stringify(item.createId.S),
});

const renderMap = (map: AttributeMap): string => {
  const members = Object.keys(map).map(
    (name) => `${JSON.stringify(name)}:${renderValue(map[name] as AttributeValue)}`,
  );
  return `{${members.join()}}`;
};

/** A value as clients see it: JSON text. */
export const renderValue = (value: AttributeValue): string => {
  if ('S' in value) return JSON.stringify(value.S);
  if ('N' in value) return value.N;
  if ('M' in value) return renderMap(value.M);
  if ('L' in value) return `[${value.L.map(renderValue).join()}]`;
  return 'BOOL' in value ? String(value.BOOL) : 'null';
};

/**
 * Reads items in DynamoDB's JSON. Values become JSON text at once: a page of 1 MB can have a million
 * values, and an object for each takes more memory than a function has.
 */
export class ItemReader extends JsonReader {
  /** The values that were read, those in lists and maps included. */
  values = 0;

  /** Reads an item. Throws a SyntaxError unless it is one of this API. */
  item(): StoredItem {
    const item = this.attributes();
    for (const name of itemNames) {
      if (item[name] === undefined) throw new SyntaxError(`The item has no ${name}`);
    }
    return item as StoredItem;
  }

  /** Reads attributes by name, such as an item or a key. */
  attributes(): Record<string, string | undefined> {
    const attributes: Record<string, string | undefined> = Object.create(null);
    this.object((name) => {
      attributes[name] = this.#value();
    });
    return attributes;
  }

  /** Reads a value, such as `{"S":"text"}`, and returns it as JSON text. */
  #value(): string {
    this.values++;
    this.take('{');
    const type = this.string();
    this.take(':');
    const json = this.#content(type);
    this.take('}');
    return json;
  }

  #content(type: string): string {
    switch (type) {
      case 'S':
        return this.stringAsJson();
      case 'N': {
        // DynamoDB has a notation of its own.
        const number = decimal(this.string());
        if (number === undefined) throw new SyntaxError('A number is not one of DynamoDB');
        return number;
      }
      case 'BOOL':
        return this.value() === true ? 'true' : 'false';
      case 'NULL':
        this.value();
        return 'null';
      case 'L': {
        const elements: string[] = [];
        this.list('[', ']', () => elements.push(this.#value()));
        return `[${elements.join()}]`;
      }
      case 'M': {
        const members: string[] = [];
        this.list('{', '}', () => {
          const name = this.stringAsJson();
          this.take(':');
          members.push(`${name}:${this.#value()}`);
        });
        return `{${members.join()}}`;
      }
      default:
        throw new SyntaxError(`${type} is not a type of this API`);
    }
  }
}
