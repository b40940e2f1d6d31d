import type { AttributeMap } from '../../src/functions/typescript/attribute-value.ts';
import { valueLimit } from '../../src/functions/typescript/contract.ts';
import { parseItem } from '../../src/functions/typescript/item.ts';
import { itemSize } from '../../src/twin/dynamodb/item-size.ts';

/** Something that an item can be full of. */
export interface Content {
  readonly name: string;
  /** JSON of an object that takes so many bytes as an item of DynamoDB, or a little less, and has at most so many values. */
  json(bytes: number, values?: number): string;
  /** The same without escapes, whose work this may need twice. */
  readonly unescaped?: Content;
}

/** A list of one value, which takes so many bytes in it and is so many values. */
const list = (name: string, value: string, bytes: number, values = 1): Content => ({
  name,
  json(total, most = valueLimit) {
    const count = Math.min((total - 5) / bytes, (most - 1) / values);
    return `{"a":[${Array(Math.floor(count)).fill(value)}]}`;
  },
});

/** A map of as many names as it takes, with a value that takes no byte but its place. */
const map = (name: string, nameOf: (number: number) => string, bytes: number, unescaped?: Content): Content => ({
  name,
  json(total, most = valueLimit) {
    const length = Math.min(Math.floor(total / (bytes + 1)), most);
    const members = Array.from({ length }, (_, number) => `"${nameOf(number)}":""`);
    return `{${members}}`;
  },
  ...(unescaped && { unescaped }),
});

/** One string. */
const text = (name: string, character: string, unescaped?: Content): Content => ({
  name,
  json: (total) => `{"a":"${character.repeat(total - 2)}"}`,
  ...(unescaped && { unescaped }),
});

/** Four characters that no other number has. */
const digits = (number: number): string => number.toString(36).padStart(4, '0');

const escaped = (characters: string): string =>
  characters.replace(/./g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);

const names = map('names', (number) => `${digits(number)}a`, 5);
const plainText = text('text', 'x');

/** The densest JSON that the API accepts: as many values as an item can have, of each kind. */
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

/** The most bytes of an item, without what the server adds. */
const itemLimit = 400 * 1024 - 600;

/** The most bytes of a page of a Scan. */
const pageLimit = 1024 * 1024;

/** The densest body of a request. */
export const bodyOf = ({ json }: Content): string => json(itemLimit);

/** DynamoDB's response to a GetItem of the item. */
export const itemOf = (content: Content): string => `{"Item":${stored(parseItem(bodyOf(content)).attributes)}}`;

/** DynamoDB's response to an UpdateItem: the item as it is now. */
export const updatedOf = (content: Content): string => `{"Attributes":${stored(parseItem(bodyOf(content)).attributes)}}`;

/**
 * DynamoDB's response to a Scan: items until the page is full. Each has a few values less than an item may have: a page ends behind the
 * item with which it has as many as that, so the first two of these are read.
 */
export const pageOf = (content: Content): string => {
  const { attributes } = parseItem(content.json(itemLimit, valueLimit - 100));
  const count = Math.max(1, Math.floor(pageLimit / (itemSize(attributes) + 300)));
  // A last item has what is left, so that pages of two items and a half are full.
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
