import type { AttributeMap } from '../../src/functions/typescript/attribute-value.ts';
import { valueLimit } from '../../src/functions/typescript/contract.ts';
import { parseItem } from '../../src/functions/typescript/item.ts';
import { itemSize } from '../../src/twin/dynamodb/item-size.ts';

/** A kind of content for an item. */
export interface Content {
  readonly name: string;
  /** Returns an object as JSON. In DynamoDB it takes `bytes` or slightly less, and has at most `values` values. */
  json(bytes: number, values?: number): string;
  /** The same content without escapes. Content with escapes may need twice its work. */
  readonly unescaped?: Content;
}

/** Returns lists of one value, which takes `bytes` in the list and counts as `values` values. */
const list = (name: string, value: string, bytes: number, values = 1): Content => ({
  name,
  json(total, most = valueLimit) {
    const count = Math.min((total - 5) / bytes, (most - 1) / values);
    return `{"a":[${Array(Math.floor(count)).fill(value)}]}`;
  },
});

/** Returns maps with as many names as fit. The values are empty. */
const map = (name: string, nameOf: (number: number) => string, bytes: number, unescaped?: Content): Content => ({
  name,
  json(total, most = valueLimit) {
    const length = Math.min(Math.floor(total / (bytes + 1)), most);
    const members = Array.from({ length }, (_, number) => `"${nameOf(number)}":""`);
    return `{${members}}`;
  },
  ...(unescaped && { unescaped }),
});

/** Returns one long string. */
const text = (name: string, character: string, unescaped?: Content): Content => ({
  name,
  json: (total) => `{"a":"${character.repeat(total - 2)}"}`,
  ...(unescaped && { unescaped }),
});

/** Returns four characters that are unique for the number. */
const digits = (number: number): string => number.toString(36).padStart(4, '0');

const escaped = (characters: string): string =>
  characters.replace(/./g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);

const names = map('names', (number) => `${digits(number)}a`, 5);
const plainText = text('text', 'x');

/** The densest JSON that the API accepts: for each kind, as many values as an item can have. */
export const contents: readonly Content[] = [
  list('empty strings', '""', 1),
  list('null', 'null', 2),
  list('false', 'false', 2),
  list('{}', '{}', 4),
  list('[]', '[]', 4),
  list('strings of one character', '"a"', 2),
  list('numbers of one digit', '1', 3),
  list('numbers with exponents', '1e-9', 3),
  list('numbers of 38 digits', '1234567890.1234567890123456789012345678', 21),
  list('lists in lists, as deep as they may be', deep('[', ']', 29), 29 * 4, 29),
  list('objects in objects, as deep as they may be', `${'{"a":'.repeat(28)}{}${'}'.repeat(28)}`, 28 * 6 + 4, 29),
  names,
  map('names with an escape', (number) => `${digits(number)}\\u0061`, 5, names),
  map('names of escapes only', (number) => escaped(`${digits(number)}a`), 5, names),
  map('names with a quote', (number) => `${digits(number)}\\"`, 5, names),
  map('names that end with a backslash', (number) => `${digits(number)}\\\\`, 5, names),
  plainText,
  text('text of escapes', '\\u0078', plainText),
  text('control characters', '\\u0001'),
];

/** Maximum size of an item in bytes, without the attributes that the server adds. */
const itemLimit = 400 * 1024 - 600;

/** Maximum size of a page of a Scan in bytes. */
const pageLimit = 1024 * 1024;

/** Returns the densest body of a request. */
export const bodyOf = ({ json }: Content): string => json(itemLimit);

/** Returns DynamoDB's response to a GetItem of the item. */
export const itemOf = (content: Content): string => `{"Item":${stored(parseItem(bodyOf(content)).attributes)}}`;

/** Returns DynamoDB's response to an UpdateItem: the new item. */
export const updatedOf = (content: Content): string => `{"Attributes":${stored(parseItem(bodyOf(content)).attributes)}}`;

/**
 * Returns DynamoDB's response to a Scan: items until the page is full. Each item has slightly fewer values than the limit of an
 * item. The API ends a page after the item that reaches this limit, so it reads the first two of these items.
 */
export const pageOf = (content: Content): string => {
  const { attributes } = parseItem(content.json(itemLimit, valueLimit - 100));
  const count = Math.max(1, Math.floor(pageLimit / (itemSize(attributes) + 300)));
  // The last item has the remaining size, so that pages of two and a half items are full.
  const left = pageLimit - count * (itemSize(attributes) + 300) - 600;
  const items = Array<string>(count).fill(stored(attributes));
  if (left > 1000) items.push(stored(parseItem(content.json(left)).attributes));
  return `{"Count":${items.length},"Items":[${items}],"ScannedCount":${items.length}}`;
};

const stored = (attributes: AttributeMap): string => {
  const time = { S: '2026-11-26T12:00:00.000Z' };
  const writeId = { S: 'k2hQ0tQmT1u0c3hXo5bX7Q' };
  const item = {
    id: { S: 'dense' },
    version: { N: '1' },
    createdAt: time,
    updatedAt: time,
    attributes: { M: attributes },
    writeId,
    createId: writeId,
  };
  return JSON.stringify(item);
};
